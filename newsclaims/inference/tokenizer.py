"""The tokenizer: sentences and tokens of a text, from Stanza's network and its list of contractions."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

import attrs
import torch
from stanza.models.tokenization.data import NEWLINE_WHITESPACE_RE, PER_CHAR_FEAT_FUNCS, WHITESPACE_RE
from stanza.models.tokenization.model import Tokenizer as TokenizerNetwork
from stanza.models.tokenization.utils import MASK_RE
from stanza.pipeline.mwt_processor import MWTProcessor
from stanza.pipeline.tokenize_processor import TOKEN_TOO_LONG_REPLACEMENT, TokenizeProcessor
from torch import Tensor, nn
from torch.nn.functional import logsigmoid
from torch.nn.utils.rnn import pad_sequence

from newsclaims.inference.linear import joined
from newsclaims.inference.sequences import BothWays, backwards
from newsclaims.tokens import Token

# Characters that the network sees of a paragraph at once, as in Stanza, and characters of a batch of paragraphs.
_WINDOW = 1000
_BATCH = 30_000

# What the network says of a character: it goes on inside a token, or ends a token, a sentence, a contraction, both.
_SENTENCE_END = 2
_CONTRACTION = 3
_BOTH = 4

# Features of a character that tell where it stands; all others are told by the character itself.
_OF_PLACE = ("end_of_para", "start_of_para")


@attrs.define
class _Paragraph:
    """A paragraph as the network reads it, with single spaces.

    Attributes:
        text: its characters.
        offsets: where each of them stands in the whole text.
        features: what the network is told of each: its number, then its features.
        ends: what the network says of each.
        done: how many of them it has read for good.
    """

    text: str
    offsets: list[int]
    features: Tensor
    ends: Tensor
    done: int = 0

    @property
    def window(self) -> int:
        """How many characters are read next; an end of the paragraph that is within reach counts as one."""
        return min(len(self.text) + 1 - self.done, _WINDOW)


class Tokenizer:
    """Returns the sentences of a text."""

    def __init__(self, tokenize: Any, expand: Any) -> None:
        """Take Stanza's processors for tokens and for contractions, of which `suits` has said that they suit."""
        self._model = model = tokenize.trainer.model.eval()
        self._first = BothWays(model.rnn)
        self._second = BothWays(model.rnn2)
        kinds = ("tok", "sent", "mwt")
        self._classify = joined([getattr(model, f"{kind}_clf") for kind in kinds])
        self._classify_again = torch.cat([getattr(model, f"{kind}_clf2").weight for kind in kinds])
        self._vocab = tokenize.trainer.vocab
        self._of_character = [PER_CHAR_FEAT_FUNCS[n] for n in tokenize.trainer.args["feat_funcs"] if n not in _OF_PLACE]
        self._longest = tokenize.config.get("max_seqlen", _WINDOW)
        self._expansion = expand.trainer.dict_expansion
        self._characters: dict[str, list[int]] = {}

    @staticmethod
    def suits(tokenize: Any, expand: Any) -> bool:
        """Return whether processors of Stanza are of the kind that is taken."""
        if type(tokenize) is not TokenizeProcessor or type(expand) is not MWTProcessor:
            return False
        trainer, config = tokenize.trainer, tokenize.config
        if hasattr(tokenize, "_variant") or type(getattr(trainer, "model", None)) is not TokenizerNetwork:
            return False
        features = trainer.args.get("feat_funcs") or ()
        changes = ("pretokenized", "no_ssplit", "postprocessor", "speaker_delim")
        return bool(
            expand.config.get("dict_only")
            and set(_OF_PLACE) <= set(features) <= {*_OF_PLACE, *PER_CHAR_FEAT_FUNCS}
            and trainer.args["use_mwt"]
            and trainer.args["rnn_layers"] == 1
            and trainer.args["hierarchical"]
            and trainer.args["conv_res"] is None
            and trainer.model.charmodel is None
            and trainer.model.embeddings.weight.device.type == "cpu"
            and not trainer.args["use_dictionary"]
            and not trainer.args["skip_newline"]
            and not trainer.vocab.lang_replaces_spaces
            and not any(config.get(change) for change in changes)
            and config.get("max_seqlen", _WINDOW) <= _WINDOW
        )

    @torch.inference_mode()
    def __call__(self, text: str) -> list[list[Token]]:
        """Return the tokens of the sentences of a text; a blank line ends a sentence."""
        paragraphs = [self._paragraph(*part) for part in _split(text)]
        unread = paragraphs
        while unread:
            unread = sorted(unread, key=lambda paragraph: -paragraph.window)
            for start, stop in _batches([paragraph.window for paragraph in unread]):
                self._read(unread[start:stop])
            unread = [paragraph for paragraph in unread if paragraph.done < len(paragraph.text)]
        return [sentence for paragraph in paragraphs for sentence in self._sentences(paragraph)]

    def _paragraph(self, text: str, offsets: list[int]) -> _Paragraph:
        known = self._characters
        features = torch.tensor([known.get(c) or known.setdefault(c, self._character(c)) for c in text])
        features[-1, -2] = features[0, -1] = 1
        return _Paragraph(text, offsets, features, torch.zeros(len(text), dtype=torch.long))

    def _character(self, character: str) -> list[int]:
        """Return the number and the features of a character, with room for those of its place."""
        return [self._vocab.unit2id(character), *(feature(character) for feature in self._of_character), 0, 0]

    def _read(self, paragraphs: Sequence[_Paragraph]) -> None:
        """Let the network read on in paragraphs, those with the widest windows first."""
        windows = [paragraph.window for paragraph in paragraphs]
        features = pad_sequence([p.features[p.done : p.done + _WINDOW] for p in paragraphs], batch_first=True)
        features = nn.functional.pad(features, (0, 0, 0, windows[0] - features.shape[1]))
        predicted = self._predicted(features, torch.tensor(windows))
        for paragraph, ends in zip(paragraphs, predicted, strict=True):
            left = len(paragraph.text) - paragraph.done
            read = min(left, _WINDOW)
            if left > _WINDOW:
                # what follows the last end of a sentence is read again, with what comes behind it
                stops = ((ends == _SENTENCE_END) | (ends == _BOTH)).nonzero()
                read = int(stops[-1]) + 1 if len(stops) else read
            paragraph.ends[paragraph.done : paragraph.done + read] = ends[:read]
            paragraph.done += read

    def _predicted(self, features: Tensor, lengths: Tensor) -> Tensor:
        """Return what the network says of each character of stretches of text."""
        data = torch.cat([self._model.embeddings(features[..., 0]), features[..., 1:].float()], 2)
        turns = backwards(lengths, data.shape[1])
        first = self._first(data, turns)
        scores = self._classify(first)
        sharpness = self._model.args["hier_invtemp"]
        if sharpness > 0:
            first = first * (1 - torch.sigmoid(-scores[..., :1] * sharpness))
        scores = scores + nn.functional.linear(self._second(first, turns), self._classify_again)
        yes, no = logsigmoid(scores).unbind(2), logsigmoid(-scores).unbind(2)
        (token, sentence, several), (inside, goes_on, one) = yes, no
        ends = [token + goes_on + one, token + sentence + one, token + goes_on + several, token + sentence + several]
        return torch.stack([inside, *ends], 2).argmax(2)

    def _sentences(self, paragraph: _Paragraph) -> Iterator[list[Token]]:
        text, offsets, ends = paragraph.text, paragraph.offsets, paragraph.ends.tolist()
        ends[-1] = _SENTENCE_END if ends[-1] <= _SENTENCE_END else _BOTH
        for address in MASK_RE.finditer(text):
            first, last = address.start(), address.end() - 1
            ends[first : last + 1] = [*[0] * (last - first), ends[last] or 1]
        sentence: list[Token] = []
        start = 0
        for last in [i for i, end in enumerate(ends) if end]:
            form = text[start : last + 1].lstrip()
            start, end = last + 1, ends[last]
            if form:
                first = offsets[start - len(form)]
                form = form if len(form) <= self._longest else TOKEN_TOO_LONG_REPLACEMENT
                words = self._expanded(form) if end in (_CONTRACTION, _BOTH) else (form,)
                sentence.append(Token(form, first, offsets[last] + 1, words))
                if end in (_SENTENCE_END, _BOTH):
                    yield sentence
                    sentence = []
        if sentence:
            yield sentence

    def _expanded(self, form: str) -> tuple[str, ...]:
        words = (self._expansion(form) or form).split()
        return tuple(words) if len(words) > 1 else (form,)


def _split(text: str) -> Iterator[tuple[str, list[int]]]:
    """Yield paragraphs with single spaces, and the offsets of their characters."""
    start = 0
    for gap in [*NEWLINE_WHITESPACE_RE.finditer(text), None]:
        paragraph = WHITESPACE_RE.sub(" ", text[start : gap.start() if gap else None].rstrip())
        if paragraph:
            kept = [i for i, c in enumerate(paragraph) if c != " " or paragraph[i - 1 : i] != " "]
            yield "".join([paragraph[i] for i in kept]), [start + i for i in kept]
        start = gap.end() if gap else start


def _batches(sizes: Sequence[int]) -> Iterator[tuple[int, int]]:
    """Yield the bounds of batches of what is sorted by size, the largest first."""
    start = 0
    while start < len(sizes):
        stop = start + max(1, _BATCH // sizes[start])
        yield start, stop
        start = stop
