import type { Lh5Reader } from '@countroom/lh5';

/** Opens a file of this machine, or one on a server by its address. */
export async function openAnywhere(file: string): Promise<Lh5Reader> {
  const { isRemote, openReader, openRemoteReader } = await import('@countroom/lh5');
  return isRemote(file) ? openRemoteReader(file) : openReader(file);
}
