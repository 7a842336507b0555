"""The page cache: public pages as final bytes, answered before Django is asked.

`front` stands before Django; `addresses` says what a page is called, `entry` how it is kept, `answers` how it is sent.
Kept is it in the memory of each process (`memory`) and for all processes (`sharing`: `machine` or `remote`), under a
generation that ends with whatever changes a table that pages are made of (`changes`) and until the next instant at
which something changes by itself (`clock`).
"""
