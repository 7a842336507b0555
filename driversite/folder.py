"""The folder for uploads: as Django's own, but for the addresses, of which a page holds a hundred."""

import re

from django.core.files.storage import FileSystemStorage
from django.utils.encoding import filepath_to_uri

# Of these letters are the names that we give ourselves; nothing of them is written otherwise in an address.
PLAIN = re.compile(r"\w[\w./-]*", re.ASCII)


class FolderStorage(FileSystemStorage):
    def url(self, name):
        """Names are ours and relative, so that nothing has to be joined by the rules for all addresses there are."""
        return self.base_url + (name if PLAIN.fullmatch(name) else filepath_to_uri(name).lstrip("/"))
