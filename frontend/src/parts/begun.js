// Words at the beginning of a line.

/** A text with its first letter in capitals. */
export default function begun(text) {
  return text.replace(/^\p{Ll}/u, (letter) => letter.toUpperCase());
}
