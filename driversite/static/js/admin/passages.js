// Finds words in a field as the server read them: blanks count for nothing, for every tag became one there.

const bare = (text) => text.replace(/\s+/gu, "");

// Where the quote stands among the letters: inside its own sentence, else wherever it is first.
const placeOf = (letters, passage, quote) => {
  const inside = bare(passage ?? "");
  const start = inside ? letters.indexOf(inside) : -1;
  const words = bare(quote);
  const at = start < 0 ? letters.indexOf(words) : letters.indexOf(words, start);
  return at < 0 || !words ? null : [at, at + words.length];
};

const inField = (field) => {
  const places = [];
  let letters = "";
  for (let n = 0; n < field.value.length; n++) {
    if (/\s/u.test(field.value[n])) continue;
    letters += field.value[n];
    places.push(n);
  }
  return {
    range: () => null,
    select(passage, quote) {
      const found = placeOf(letters, passage, quote);
      if (found) field.setSelectionRange?.(places[found[0]], places[found[1] - 1] + 1);
    },
  };
};

const inText = (root) => {
  const places = [];
  let letters = "";
  const walker = document.createTreeWalker(root, NodeFilter.SHOW_TEXT);
  for (let node = walker.nextNode(); node; node = walker.nextNode()) {
    for (let n = 0; n < node.data.length; n++) {
      if (/\s/u.test(node.data[n])) continue;
      letters += node.data[n];
      places.push([node, n]);
    }
  }
  const range = (passage, quote) => {
    const found = placeOf(letters, passage, quote);
    if (!found) return null;
    const [first, last] = [places[found[0]], places[found[1] - 1]];
    const range = document.createRange();
    range.setStart(...first);
    range.setEnd(last[0], last[1] + 1);
    return range;
  };
  return {
    range,
    select(passage, quote) {
      const found = range(passage, quote);
      if (!found) return;
      found.startContainer.parentElement.scrollIntoView({ block: "center" });
      getSelection().removeAllRanges();
      getSelection().addRange(found);
    },
  };
};

export const passages = (element) => ("value" in element ? inField(element) : inText(element));
