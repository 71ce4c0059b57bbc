/** A backup that cannot be made, or is not what it says; the message names the file and the way out. */
export class BackupError extends Error {
  override readonly name = 'BackupError';
}
