import type { RowFileFormat } from '@countroom/contracts';

/** What people call the formats of files of rows. */
export const rowFileNames: Readonly<Record<RowFileFormat, string>> = { parquet: 'Parquet', csv: 'CSV' };
