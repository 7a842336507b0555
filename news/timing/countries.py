"""Countries as result files write them: codes of two and three letters, names and nationalities. Pure."""

# ISO 3166: two letters and three.
ISO = """
ADAND AEARE AFAFG AGATG AIAIA ALALB AMARM AOAGO AQATA ARARG ASASM ATAUT AUAUS AWABW AXALA AZAZE BABIH BBBRB
BDBGD BEBEL BFBFA BGBGR BHBHR BIBDI BJBEN BLBLM BMBMU BNBRN BOBOL BQBES BRBRA BSBHS BTBTN BVBVT BWBWA BYBLR
BZBLZ CACAN CCCCK CDCOD CFCAF CGCOG CHCHE CICIV CKCOK CLCHL CMCMR CNCHN COCOL CRCRI CUCUB CVCPV CWCUW CXCXR
CYCYP CZCZE DEDEU DJDJI DKDNK DMDMA DODOM DZDZA ECECU EEEST EGEGY EHESH ERERI ESESP ETETH FIFIN FJFJI FKFLK
FMFSM FOFRO FRFRA GAGAB GBGBR GDGRD GEGEO GFGUF GGGGY GHGHA GIGIB GLGRL GMGMB GNGIN GPGLP GQGNQ GRGRC GSSGS
GTGTM GUGUM GWGNB GYGUY HKHKG HMHMD HNHND HRHRV HTHTI HUHUN IDIDN IEIRL ILISR IMIMN ININD IOIOT IQIRQ IRIRN
ISISL ITITA JEJEY JMJAM JOJOR JPJPN KEKEN KGKGZ KHKHM KIKIR KMCOM KNKNA KPPRK KRKOR KWKWT KYCYM KZKAZ LALAO
LBLBN LCLCA LILIE LKLKA LRLBR LSLSO LTLTU LULUX LVLVA LYLBY MAMAR MCMCO MDMDA MEMNE MFMAF MGMDG MHMHL MKMKD
MLMLI MMMMR MNMNG MOMAC MPMNP MQMTQ MRMRT MSMSR MTMLT MUMUS MVMDV MWMWI MXMEX MYMYS MZMOZ NANAM NCNCL NENER
NFNFK NGNGA NINIC NLNLD NONOR NPNPL NRNRU NUNIU NZNZL OMOMN PAPAN PEPER PFPYF PGPNG PHPHL PKPAK PLPOL PMSPM
PNPCN PRPRI PSPSE PTPRT PWPLW PYPRY QAQAT REREU ROROU RSSRB RURUS RWRWA SASAU SBSLB SCSYC SDSDN SESWE SGSGP
SHSHN SISVN SJSJM SKSVK SLSLE SMSMR SNSEN SOSOM SRSUR SSSSD STSTP SVSLV SXSXM SYSYR SZSWZ TCTCA TDTCD TFATF
TGTGO THTHA TJTJK TKTKL TLTLS TMTKM TNTUN TOTON TRTUR TTTTO TVTUV TWTWN TZTZA UAUKR UGUGA UMUMI USUSA UYURY
UZUZB VAVAT VCVCT VEVEN VGVGB VIVIR VNVNM VUVUT WFWLF WSWSM YEYEM YTMYT ZAZAF ZMZMB ZWZWE
"""

# Where the Olympic committee, the FIA or a timing system writes three other letters, and what is said for a country.
OTHER_CODES = """
ALG DZ|ANG AO|ANT AG|ARU AW|BAH BS|BAN BD|BAR BB|BER BM|BHU BT|BOT BW|BUL BG|CAM KH|CAY KY|CHI CL|CRC CR|CRO HR
DEN DK|ENG GB|ESA SV|FIJ FJ|GBI GB|GER DE|GRE GR|GRN GD|GUA GT|HAI HT|HOL NL|HON HN|INA ID|IRI IR|ISV VI|KOS XK
KSA SA|KUW KW|LAT LV|LBA LY|LIB LB|MAD MG|MAS MY|MAW MW|MGL MN|MON MC|MRI MU|MYA MM|NCA NI|NED NL|NEP NP|NGR NG
NIG NE|NIR GB|OMA OM|PAR PY|PHI PH|PLE PS|POR PT|PUR PR|RSA ZA|RSM SM|SCO GB|SEY SC|SIN SG|SLO SI|SRI LK|SUD SD
SUI CH|SWI CH|TAN TZ|TOG TG|TPE TW|TRI TT|UAE AE|UK GB|URU UY|VIE VN|WAL GB|XKX XK|ZAM ZM|ZIM ZW|ROM RO|SPA ES
"""

# In English, in German, and the nationality as Ergast writes it.
NAMES = """
AE united arab emirates, vereinigte arabische emirate, emirati | AR argentina, argentinien, argentine, argentinian
AT austria, österreich, oesterreich, austrian | AU australia, australien, australian
BE belgium, belgien, belgian | BG bulgaria, bulgarien, bulgarian | BH bahrain, bahraini
BR brazil, brasilien, brazilian | CA canada, kanada, canadian | CN china, chinese
CH switzerland, schweiz, swiss | CL chile, chilean | CO colombia, kolumbien, colombian | CR costa rica, costa rican
CZ czech republic, czechia, tschechien, tschechische republik, czech | DE germany, deutschland, german, east german
DK denmark, dänemark, daenemark, danish | EE estonia, estland, estonian | ES spain, spanien, spanish
FI finland, finnland, finnish | FR france, frankreich, french | GR greece, griechenland, greek
GB great britain, united kingdom, großbritannien, grossbritannien, vereinigtes königreich, british, england, english
GB scotland, schottland, scottish, wales, welsh, northern ireland, nordirland
HK hong kong, hongkong, hong konger | HR croatia, kroatien, croatian | HU hungary, ungarn, hungarian
ID indonesia, indonesien, indonesian | IE ireland, irland, irish | IL israel, israeli | IN india, indien, indian
IS iceland, island, icelandic | IT italy, italien, italian | JP japan, japanese | KR south korea, südkorea, south korean
KW kuwait, kuwaiti | LI liechtenstein, liechtensteiner | LT lithuania, litauen, lithuanian
LU luxembourg, luxemburg, luxembourgish, luxembourger | LV latvia, lettland, latvian | MA morocco, marokko, moroccan
MC monaco, monegasque | MO macau, macao | MT malta, maltese | MX mexico, mexiko, mexican
MY malaysia, malaysian | NL netherlands, the netherlands, niederlande, holland, dutch | NO norway, norwegen, norwegian
NZ new zealand, neuseeland, new zealander | OM oman, omani | PE peru, peruvian
PH philippines, philippinen, philippine, filipino | PL poland, polen, polish | PR puerto rico, puerto rican
PT portugal, portuguese | PY paraguay, paraguayan | QA qatar, katar, qatari | RO romania, rumänien, romanian
RS serbia, serbien, serbian | RU russia, russland, rußland, russian, russian federation
SA saudi arabia, saudi-arabien, saudi, saudi arabian | SE sweden, schweden, swedish
SG singapore, singapur, singaporean | SI slovenia, slowenien, slovenian | SK slovakia, slowakei, slovak, slovakian
TH thailand, thai | TR turkey, türkei, türkiye, turkish | TW taiwan, taiwanese | UA ukraine, ukrainian
US united states, united states of america, america, vereinigte staaten, american | UY uruguay, uruguayan
VE venezuela, venezuelan | VN vietnam, vietnamese | ZA south africa, südafrika, south african | ZW zimbabwe, simbabwe
"""


def _entries(text):
    return (
        entry.strip().partition(" ")
        for line in text.splitlines()
        for entry in line.split("|")
        if entry.strip()
    )


CODES = {pair[i:j]: pair[:2] for pair in ISO.split() for i, j in ((0, 2), (2, 5))}
CODES |= {code: country for code, _blank, country in _entries(OTHER_CODES)}
BY_NAME = {name.strip(): country for country, _blank, names in _entries(NAMES) for name in names.split(",")}


def country_of(text: str) -> str:
    """Two capital letters for a code, a name or a nationality; "" for what is no country that we know."""
    plain = " ".join(text.split())
    return CODES.get(plain.upper()) or BY_NAME.get(plain.casefold()) or BY_NAME.get(plain.lower()) or ""
