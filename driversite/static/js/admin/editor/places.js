// Where a block goes: blocks stand between the paragraphs of a text, never in a list or in words.

const boxAround = ($pos) => {
  for (let depth = $pos.depth; depth > 0; depth--) if ($pos.node(depth).type.name === "box") return depth;
  return 0;
};

const isEmptyParagraph = (node) => node?.type.name === "paragraph" && node.content.size === 0;

/** Put a block behind the one in which the cursor stands, or in its place when that is an empty paragraph; inside a box
    only what may stand there (`inBox`). The cursor goes on behind it. */
export const insertBlock = (editor, block, { inBox = false } = {}) => {
  const { selection, doc } = editor.state;
  const { $from, $to } = selection;
  const depth = inBox && boxAround($from) ? boxAround($from) + 1 : 1;
  let range;
  if (selection.node && $from.depth < depth) range = { from: selection.to, to: selection.to };
  else if ($from.depth < depth) range = { from: $from.pos, to: $from.pos };
  else if (isEmptyParagraph($from.node(depth))) range = { from: $from.before(depth), to: $from.after(depth) };
  else range = { from: $to.after(depth), to: $to.after(depth) };
  const after = doc.resolve(range.to).nodeAfter;
  const rest = after ? [] : [{ type: "paragraph" }];
  return editor
    .chain()
    .insertContentAt(range, [block, ...rest])
    .command(({ tr, dispatch }) => {
      if (!dispatch) return true;
      const behind = tr.doc.resolve(range.from).nodeAfter?.nodeSize ?? 0;
      const near = editor.state.selection.constructor.near ?? selection.constructor.near;
      tr.setSelection(near.call(selection.constructor, tr.doc.resolve(Math.min(range.from + behind, tr.doc.content.size)), 1));
      return true;
    })
    .focus()
    .run();
};

/** Put a block in the place of the one in which the cursor stands, and the cursor inside it. */
export const replaceBlock = (editor, block, { inside }) => {
  const { $from } = editor.state.selection;
  const range = $from.depth ? { from: $from.before(1), to: $from.after(1) } : { from: $from.pos, to: $from.pos };
  const isParagraph = $from.depth && $from.node(1).type.name === "paragraph";
  const place = isParagraph ? range : { from: range.to, to: range.to };
  const after = editor.state.doc.resolve(place.to).nodeAfter;
  return editor
    .chain()
    .insertContentAt(place, [block, ...(after ? [] : [{ type: "paragraph" }])])
    .setTextSelection(place.from + inside)
    .run();
};

/** Go on in a new paragraph at this place. */
export const paragraphAfter = (editor, place) => {
  const next = editor.state.doc.resolve(place).nodeAfter;
  const chain = editor.chain();
  return (isEmptyParagraph(next) ? chain : chain.insertContentAt(place, { type: "paragraph" })).setTextSelection(place + 1).run();
};
