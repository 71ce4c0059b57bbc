import type { Lh5Writer } from '@countroom/lh5';

/** Writes a file and commits it; when the work or the commit fails the file is given up and the error thrown on. */
export async function committing<T>(writer: Lh5Writer, work: (writer: Lh5Writer) => Promise<T>): Promise<T> {
  try {
    const result = await work(writer);
    await writer.close();
    return result;
  } catch (error) {
    await writer.abort();
    throw error;
  }
}
