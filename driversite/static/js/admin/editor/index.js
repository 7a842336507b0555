// What the newsroom's text editor has beyond the library's own (settings.py names this file).

export { Box, Story } from "./boxes.js";
export { Embed } from "./embeds.js";
export { Link } from "./link.js";
export { Paste } from "./paste.js";
export { Quote, QuoteSpeaker, QuoteText } from "./quote.js";
export { Tidy } from "./tidy.js";
export { Toolbar } from "./toolbar.js";
