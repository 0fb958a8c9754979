"""How the model in the package is made, and how to make one on other data.

`python -m newsclaims.training --data DIR --out DIR` runs every stage; ``DIR`` holds ``treebanks`` and ``corpora``.
It needs the extra ``train``.
"""
