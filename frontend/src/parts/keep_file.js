// Files that a user may keep: handed to the browser, which asks where to put them or puts them where it always does.

/** Hands a blob over as a file of this name. */
export default function keepFile(name, blob) {
  const address = URL.createObjectURL(blob);
  const link = Object.assign(document.createElement('a'), { href: address, download: name });
  link.click();
  window.setTimeout(() => URL.revokeObjectURL(address), 10_000); // a browser may read it after the click
}
