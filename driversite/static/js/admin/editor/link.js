// Links: pages of the site are found by typing, all else is an address.

import { Link as Original } from "django-prose-editor/editor";
import { choose } from "./dialogs.js";
import { languageOf, word } from "./words.js";

const isAddress = (typed) => /^(https?:\/\/|\/|mailto:|tel:|www\.|#)\S+$|^[^\s@]+@[^\s@]+\.[a-z]{2,}$|^[\w-]+(\.[\w-]+)+(\/\S*)?$/i.test(typed);
const whole = (typed) => {
  if (/^[^\s@/:]+@/.test(typed)) return `mailto:${typed}`;
  return /^(\w+:|\/|#)/.test(typed) ? typed : `https://${typed}`;
};
/** What was typed as an address; where nothing is typed yet, the address that the link has. */
const typedRow = (now) => (typed) => {
  if (!typed && now) return [{ value: now, title: now, note: word("addressNow") }];
  return isAddress(typed) ? [{ value: whole(typed), title: typed, note: word("otherAddress") }] : [];
};

const chooseLink = async (editor, name) => {
  const textarea = editor.view.dom.closest(".prose-editor").querySelector("textarea");
  const rows = await choose(word("link"), "link", { language: languageOf(textarea), typed: typedRow(editor.getAttributes(name).href) });
  if (!rows) return;
  const [{ value: href, title }] = rows;
  const chain = editor.chain().focus();
  if (editor.isActive("link")) chain.extendMarkRange(name).updateAttributes(name, { href, title: null }).run();
  else if (!editor.state.selection.empty) chain.setMark(name, { href }).run();
  // Nothing is selected: the name of the page becomes the words.
  else chain.insertContent([{ type: "text", text: title, marks: [{ type: name, attrs: { href } }] }, { type: "text", text: " " }]).run();
};

export const Link = Original.extend({
  // A name such as vln.de in what is pasted would lose the address that it has there.
  addPasteRules: () => [],
  addCommands() {
    return {
      ...this.parent?.(),
      addLink: () => ({ editor }) => {
        chooseLink(editor, this.name);
        return true;
      },
    };
  },
  addMenuItems({ menu, buttons }) {
    menu.defineItem({
      name: "link",
      groups: "link",
      button: buttons.material("insert_link", "link"),
      command: (editor) => editor.commands.addLink(),
      enabled: (editor) => !editor.isActive("quoteSpeaker"),
      active: (editor) => editor.isActive("link"),
    });
    menu.defineItem({
      name: "unlink",
      groups: "link",
      button: buttons.material("link_off", "unlink"),
      command: (editor) => editor.chain().focus().extendMarkRange("link").unsetLink().run(),
      hidden: (editor) => !editor.isActive("link"),
    });
  },
});
