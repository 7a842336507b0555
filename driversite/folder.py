"""The folder for uploads: as Django's own, but for the addresses, of which a page holds a hundred."""

from django.core.files.storage import FileSystemStorage
from django.utils.encoding import filepath_to_uri


class FolderStorage(FileSystemStorage):
    def url(self, name):
        """Names are ours and relative, so that nothing has to be joined by the rules for all addresses there are."""
        return self.base_url + filepath_to_uri(name).lstrip("/")
