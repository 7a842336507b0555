"""What texts are written with: the extensions of the rich text editor. Pure."""

# The groups of the tool bar, as the library and our own buttons name them.
MENU = ("blockType -lists", "marks", "link", "lists", "blocks", "nodes -blockType -lists", "history")
# What a text is written with; names that the library does not know are of js/admin/editor/.
WRITING = {
    "Document": False,
    "Story": {"content": "(block|top)+"},
    "Toolbar": True,
    "Menu": {"groups": [{"group": group} for group in MENU]},
    "Bold": True,
    "Italic": True,
    "Heading": {"levels": [2, 3]},
    "Quote": True,
    "QuoteText": True,
    "QuoteSpeaker": True,
    "BulletList": True,
    "OrderedList": {"enableListAttributes": False},
    "ListItem": True,
    "Link": {
        "enableTarget": False,
        "defaultProtocol": "https",
        "protocols": ["http", "https", "mailto", "tel"],
    },
    "HorizontalRule": True,
    "HardBreak": True,
    "History": True,
    "Paste": True,
    "Tidy": True,
}
# The same with blocks between the paragraphs.
EDITOR = WRITING | {"Story": {"content": "(block|top|embed)+"}, "Embed": True, "Box": True}
