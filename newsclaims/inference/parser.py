"""The parser: heads and relations of words, from Stanza's graph parser.

Heads are scored for all pairs of words of a sentence, relations only for those pairs that make the tree.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import chain
from typing import Any

import torch
from stanza.models.common.vocab import ROOT_ID, VOCAB_PREFIX_SIZE
from stanza.models.depparse.head_constraints import find_head_constraint_violations
from stanza.models.depparse.model import GraphParser
from stanza.pipeline.depparse_processor import DepparseProcessor
from torch import Tensor
from torch.nn.functional import linear, logsigmoid, softplus

from newsclaims.decoding import best_tree
from newsclaims.inference.forms import Forms
from newsclaims.inference.linear import Linear, joined, with_one
from newsclaims.inference.sequences import Highway, batches, distinct

Arc = tuple[int, str]

# Words whose relations are scored at once.
_LABELLED = 500


class Parser:
    """Returns the head and the relation of each word of sentences."""

    def __init__(self, processor: Any) -> None:
        """Take Stanza's processor, of which `suits` has said that it suits."""
        self._model = model = processor.trainer.model.eval()
        self._forms = Forms(model, processor.pretrain.vocab)
        self._resolve = processor.config.get("resolve_head_constraints", True)
        scorers = [model.unlabeled, model.linearization, model.distance, model.deprel]
        self._context = Highway(model.parserlstm, (model.parserlstm_h_init, model.parserlstm_c_init))
        self._sides = joined([layer for scorer in scorers for layer in (scorer.W1, scorer.W2)])
        self._width = model.args["deep_biaff_hidden_dim"]
        *self._pairwise, labels = (scorer.scorer.W_bilin for scorer in scorers)
        self._label_bias: Tensor = labels.bias
        # relations first, so that one product gives what each has to say of a word
        self._labels = Linear(labels.weight.permute(2, 1, 0).flatten(0, 1).contiguous())

    @staticmethod
    def suits(processor: Any) -> bool:
        """Return whether a processor of Stanza is of the kind that is taken."""
        if type(processor) is not DepparseProcessor or type(processor.trainer.model) is not GraphParser:
            return False
        model = processor.trainer.model
        args = model.args
        return bool(
            Forms.suits(model)
            and Highway.suits(model.parserlstm)
            and not hasattr(processor, "_variant")
            and args["tag_emb_dim"] > 0
            and args.get("use_upos", True)
            and not args.get("use_xpos", True)
            and not args.get("use_ufeats", True)
            and args["linearization"]
            and args["distance"]
            and not args.get("use_arc_embedding")
            and not args.get("reversed")
        )

    def __call__(
        self, sentences: Sequence[Sequence[str]], lemmas: Sequence[str], upos: Sequence[str]
    ) -> list[list[Arc]]:
        """Return the tree of each sentence.

        Args:
            sentences: the words.
            lemmas: the lemmas of all words, as they come one after the other.
            upos: the parts of speech, likewise.
        """
        if not sentences:
            return []
        vectors, places = self._vectors(sentences, lemmas, upos)
        trees: list[list[Arc]] = [[]] * len(sentences)
        for batch in batches([len(sentence) + 1 for sentence in sentences]):
            context = self._context(vectors, places[batch.items], batch.backwards())
            for i, tree in zip(batch.sequences, self._trees(context, batch.lengths), strict=True):
                trees[i] = tree
        return trees

    def _vectors(
        self, sentences: Sequence[Sequence[str]], lemmas: Sequence[str], upos: Sequence[str]
    ) -> tuple[Tensor, Tensor]:
        """Return the inputs for each different word, and which of them stands at each place, roots included."""
        model = self._model
        tagged = iter(zip((word for sentence in sentences for word in sentence), lemmas, upos, strict=True))
        root = ("", "", "")
        words, places = distinct(word for s in sentences for word in (root, *(next(tagged) for _ in s)))
        del words[0]  # the root comes first, and is no word
        forms, spelled = distinct(form for form, _, _ in words)
        pretrained, own, spelling = self._forms(forms, [[ROOT_ID]])
        lemma = torch.tensor([ROOT_ID, *model.vocab["lemma"].map([lemma for _, lemma, _ in words])])
        part = torch.tensor([ROOT_ID, *model.vocab["upos"].map([part for _, _, part in words])])
        known = torch.tensor([ROOT_ID])
        root_pretrained = model.trans_pretrained(model.pretrained_emb(known))
        inputs = [
            torch.cat([root_pretrained, pretrained[spelled]]),
            torch.cat([model.word_emb(known), own[spelled]]),
            model.lemma_emb(lemma),
            model.upos_emb(part),
            torch.cat([spelling[-1:], spelling[spelled]]),
        ]
        return torch.cat(inputs, 1), places

    def _trees(self, context: Tensor, lengths: Tensor) -> list[list[Arc]]:
        """Return the trees of a batch of sentences."""
        *parts, dependents, governors = torch.split(torch.relu(self._sides(context)), self._width, 2)
        scores = self._scores(parts, lengths).numpy()
        sizes = lengths.tolist()
        trees = [best_tree(scores[i, :size, :size]) for i, size in enumerate(sizes)]
        sentence, word = (torch.arange(1, max(sizes)) < lengths[:, None]).nonzero().unbind(1)
        head = torch.tensor(list(chain.from_iterable(heads[1:] for heads in trees)))
        names = iter(self._named(self._relations(dependents[sentence, word + 1], governors[sentence, head])))
        arcs = []
        for i, heads in enumerate(trees):
            relations = [next(names) for _ in heads[1:]]
            if self._resolve and find_head_constraint_violations(heads, relations):
                size = sizes[i]
                arcs.append(self._resolved(scores[i, :size, :size], dependents[i, :size], governors[i, :size]))
            else:
                arcs.append(list(zip(heads[1:], relations, strict=True)))
        return arcs

    def _scores(self, parts: Sequence[Tensor], lengths: Tensor) -> Tensor:
        """Return how well each place (the last axis) heads each other, as logarithms of probabilities."""
        scores, directions, distances = (
            _scored(bilinear, *parts[2 * i : 2 * i + 2]) for i, bilinear in enumerate(self._pairwise)
        )
        places = torch.arange(scores.shape[1])
        offsets = (places - places[:, None]).float()
        scores += logsigmoid(directions * offsets.sign())
        scores -= torch.log((offsets.abs() - 1 - softplus(distances)) ** 2 / 2 + 1)
        outside = places >= lengths[:, None]
        scores.masked_fill_(outside[:, None] | torch.eye(len(places), dtype=torch.bool), -torch.inf)
        return scores.log_softmax(2)

    def _relations(self, dependents: Tensor, governors: Tensor) -> Tensor:
        """Return the scores of the relations of pairs of words."""
        found = []
        for left, right in zip(torch.split(dependents, _LABELLED), torch.split(governors, _LABELLED), strict=True):
            sides = self._labels(with_one(left)).view(len(left), -1, self._width + 1)
            found.append((sides @ with_one(right)[:, :, None]).squeeze(2))
        return torch.cat(found) + self._label_bias

    def _named(self, relations: Tensor) -> list[str]:
        numbers = relations.argmax(1) + VOCAB_PREFIX_SIZE
        return list(self._model.vocab["deprel"].unmap(numbers.tolist()))

    def _resolved(self, scores: Any, dependents: Tensor, governors: Tensor) -> list[Arc]:
        """Return the tree of a sentence in which no word has two subjects or two objects, found by Stanza."""
        size = len(dependents)
        pairs = dependents.repeat_interleave(size, 0), governors.repeat(size, 1)
        relations = self._relations(*pairs).view(size, size, -1)
        labels = relations.argmax(2) + VOCAB_PREFIX_SIZE
        predictions = [part[None] for part in (scores, labels.numpy(), relations.log_softmax(2).numpy())]
        (arcs,) = self._model.decode_graph_predictions(
            self._model.vocab["deprel"], 1, predictions, [size], resolve_head_constraints=True
        )
        return [(int(head), relation) for head, relation in arcs]


def _scored(bilinear: Any, left: Tensor, right: Tensor) -> Tensor:
    """Return the score of each pair of places of each sentence."""
    weight = bilinear.weight.squeeze(2)
    reached = linear(left, weight[:-1].T, weight[-1])
    bias: Tensor = bilinear.bias
    return reached[..., :-1] @ right.transpose(1, 2) + reached[..., -1:] + bias
