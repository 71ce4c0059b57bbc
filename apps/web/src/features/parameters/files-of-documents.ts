import { AppError } from '@countroom/contracts';

/**
 * Which of the chosen files holds which document. A browser tells names without folders: `sub/a.yaml` may be in `a.yaml`,
 * unless two documents share that name. Throws `input.invalid` with the document whose file is not there.
 */
export function filesOfDocuments<F extends { readonly name: string }>(
  documents: readonly string[],
  files: readonly F[],
): Map<string, F> {
  const last = (path: string): string => path.slice(path.lastIndexOf('/') + 1);
  return new Map(
    documents.map((document) => {
      const alone = documents.filter((other) => last(other) === last(document)).length === 1;
      const found = files.find(({ name }) => name === document || (alone && name === last(document)));
      if (found !== undefined) return [document, found];
      const why = alone
        ? 'choose its file too'
        : 'several of its documents have this name: import them by the command line';
      throw new AppError('input.invalid', `The validity file applies ${document}: ${why}.`);
    }),
  );
}
