// Finds words in a field as the server read them: blanks count for nothing, for every tag became one there.

const bare = (text) => text.replace(/\s+/gu, "");

const places = (letters, words) => {
  const found = [];
  for (let at = letters.indexOf(words); at >= 0; at = letters.indexOf(words, at + 1)) found.push(at);
  return found;
};

// Where the quote stands among the letters: at its place in its own sentence, else wherever it is first. A sentence that
// stands there several times is told apart by which of them it is, counted from 0.
const placeOf = (letters, { passage = "", quote, start, nth }) => {
  const words = bare(quote);
  if (!words) return null;
  const sentence = bare(passage);
  const begins = sentence ? (places(letters, sentence)[nth] ?? letters.indexOf(sentence)) : -1;
  const exact = begins + bare(passage.slice(0, start)).length;
  const at = begins >= 0 && letters.startsWith(words, exact) ? exact : letters.indexOf(words, Math.max(begins, 0));
  return at < 0 ? null : [at, at + words.length];
};

const inField = (field) => {
  const letterAt = [];
  let letters = "";
  for (let n = 0; n < field.value.length; n++) {
    if (/\s/u.test(field.value[n])) continue;
    letters += field.value[n];
    letterAt.push(n);
  }
  return {
    range: () => null,
    select(said) {
      const found = placeOf(letters, said);
      if (found) field.setSelectionRange?.(letterAt[found[0]], letterAt[found[1] - 1] + 1);
    },
  };
};

const inText = (root) => {
  const letterAt = [];
  let letters = "";
  const walker = document.createTreeWalker(root, NodeFilter.SHOW_TEXT);
  for (let node = walker.nextNode(); node; node = walker.nextNode()) {
    for (let n = 0; n < node.data.length; n++) {
      if (/\s/u.test(node.data[n])) continue;
      letters += node.data[n];
      letterAt.push([node, n]);
    }
  }
  const range = (said) => {
    const found = placeOf(letters, said);
    if (!found) return null;
    const [first, last] = [letterAt[found[0]], letterAt[found[1] - 1]];
    const range = document.createRange();
    range.setStart(...first);
    range.setEnd(last[0], last[1] + 1);
    return range;
  };
  return {
    range,
    select(said) {
      const found = range(said);
      if (!found) return;
      found.startContainer.parentElement.scrollIntoView({ block: "center" });
      getSelection().removeAllRanges();
      getSelection().addRange(found);
    },
  };
};

export const passages = (element) => ("value" in element ? inField(element) : inText(element));
