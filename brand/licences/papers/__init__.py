"""What is printed of a licence: its certificate and its plaque. The words are frozen when it is given."""

from brand.licences.papers.certificate import certificate_pdf
from brand.licences.papers.plaque import plaque
from brand.licences.papers.words import check_word, correct_words, freeze_words, printed_words

__all__ = ["certificate_pdf", "check_word", "correct_words", "freeze_words", "plaque", "printed_words"]
