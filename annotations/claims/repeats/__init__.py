"""Recognising claims that come again: folded words, an index of postings, and the link "same claim"."""
