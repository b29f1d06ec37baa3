#!/usr/bin/env python3
"""Runs peers on the corpus of `speed` in the same minute, each on one core, and prints ratios.

    python3 -m venv /tmp/peers && /tmp/peers/bin/pip install -r benches/requirements.txt
    cargo build --release -p speed && /tmp/peers/bin/python benches/peers.py [PATH OF THE speed BINARY]

spaCy runs the architecture of its small English pipeline (tok2vec of width 96 and depth 4, tagger, parser, entity
recognizer) with random weights: no model is downloaded, and speed does not depend on what the weights are.
trafilatura extracts the pages; datasketch finds copies (MinHash of word 5-grams, LSH at 0.5).

All rates are by time on the core, ours and theirs, so that a busy machine does not tilt them."""
import json, os, subprocess, sys, tempfile, time
from pathlib import Path

for name in ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS"):
    os.environ[name] = "1"


def spacy_words_per_second(texts):
    import spacy
    from spacy.training import Example

    nlp = spacy.blank("en")
    nlp.add_pipe("tok2vec", config={"model": {
        "@architectures": "spacy.Tok2Vec.v2",
        "embed": {"@architectures": "spacy.MultiHashEmbed.v2", "width": 96, "include_static_vectors": False,
                  "attrs": ["NORM", "PREFIX", "SUFFIX", "SHAPE"], "rows": [5000, 1000, 2500, 2500]},
        "encode": {"@architectures": "spacy.MaxoutWindowEncoder.v2", "width": 96, "depth": 4, "window_size": 1,
                   "maxout_pieces": 3}}})
    listener = {"@architectures": "spacy.Tok2VecListener.v1", "width": 96, "upstream": "tok2vec"}
    nlp.add_pipe("tagger", config={"model": {"@architectures": "spacy.Tagger.v2", "tok2vec": listener}})
    nlp.add_pipe("parser", config={"min_action_freq": 1, "model": {
        "@architectures": "spacy.TransitionBasedParser.v2", "state_type": "parser", "extra_state_tokens": False,
        "hidden_width": 64, "maxout_pieces": 2, "use_upper": True, "tok2vec": listener}})
    nlp.add_pipe("ner")  # its own tok2vec, as in the small pipeline
    words = "The army shelled Mosul on Monday .".split()
    example = Example.from_dict(nlp.make_doc(" ".join(words)), {
        "words": words, "tags": ["DT", "NN", "VBD", "NNP", "IN", "NNP", "."], "heads": [1, 2, 2, 2, 5, 2, 2],
        "deps": ["det", "nsubj", "ROOT", "dobj", "case", "obl", "punct"],
        "entities": ["O", "O", "O", "U-GPE", "O", "U-DATE", "O"]})
    nlp.initialize(lambda: [example])
    list(nlp.pipe(texts[:5]))
    start = time.process_time()
    list(nlp.pipe(texts))
    return sum(len(t.split()) for t in texts) / (time.process_time() - start)


def trafilatura_pages_per_second(pages):
    import trafilatura

    trafilatura.extract(pages[0])
    start = time.process_time()
    for page in pages:
        trafilatura.bare_extraction(page, with_metadata=True)
    return len(pages) / (time.process_time() - start)


def datasketch_reports_per_second(texts):
    from datasketch import MinHash, MinHashLSH

    start = time.process_time()
    index = MinHashLSH(threshold=0.5, num_perm=128)
    for n, text in enumerate(texts):
        words = text.lower().split()
        minhash = MinHash(num_perm=128)
        minhash.update_batch([" ".join(words[i:i + 5]).encode() for i in range(max(1, len(words) - 4))])
        index.query(minhash)
        index.insert(str(n), minhash)
    return len(texts) / (time.process_time() - start)


def main():
    target = Path(os.environ.get("CARGO_TARGET_DIR", "target"))
    binary = sys.argv[1] if len(sys.argv) > 1 else str(target / "release" / "speed")
    if not Path(binary).is_file():
        sys.exit(f"{binary}: no such program; build it first: cargo build --release -p speed")
    ours = json.loads(subprocess.run([binary, "--json"], check=True, capture_output=True, text=True).stdout)
    with tempfile.TemporaryDirectory() as folder:
        subprocess.run([binary, "corpus", folder], check=True)
        read = lambda kind: [p.read_text() for p in sorted((Path(folder) / kind).iterdir())]
        texts, pages = read("text"), read("html")
    phases = ours["phases"]
    rows = [("language", "words/s", phases["language"]["words_per_second"], "spaCy small pipeline",
             spacy_words_per_second, texts),
            ("read (pages)", "pages/s", phases["read (pages)"]["reports_per_second"], "trafilatura",
             trafilatura_pages_per_second, pages),
            ("link (all of it)", "reports/s", phases["link"]["reports_per_second"], "datasketch (copies alone)",
             datasketch_reports_per_second, texts)]
    print(f"{'phase':18} {'unit':10} {'ours':>12}   {'peer':26} {'theirs':>12}   ours/theirs")
    absent = False
    for phase, unit, mine, peer, run, data in rows:
        try:
            theirs = run(data)
        except ImportError as e:
            absent = True
            print(f"{phase:18} {unit:10} {mine:12.0f}   {peer:26} not installed: {e}")
            continue
        print(f"{phase:18} {unit:10} {mine:12.0f}   {peer:26} {theirs:12.0f}   {mine / theirs:.2f}", flush=True)
    return 1 if absent else 0


if __name__ == "__main__":
    sys.exit(main())
