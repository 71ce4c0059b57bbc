const mostBytes = 120;

/**
 * A name that is safe in any folder: no folders, control characters, leading dots or dashes. It keeps letters of every
 * script, and its ending when it has to be shortened.
 */
export function safeFileName(name: string): string {
  const last = name.normalize('NFC').split(/[/\\]/).at(-1) ?? '';
  const plain = last
    .replace(/[^\p{L}\p{M}\p{N}._+=@() -]/gu, '_')
    .replace(/^[. -]+/, '')
    .replace(/[. ]+$/, '');
  return plain === '' ? 'file' : shorten(plain);
}

function shorten(name: string): string {
  if (Buffer.byteLength(name) <= mostBytes) return name;
  const ending = /\.[A-Za-z0-9]{1,12}$/.exec(name)?.[0] ?? '';
  let stem = Array.from(name.slice(0, name.length - ending.length));
  while (Buffer.byteLength(stem.join('') + ending) > mostBytes) stem = stem.slice(0, -1);
  return stem.join('') + ending;
}
