import { AppError } from '@countroom/contracts';
import { Injectable } from '@nestjs/common';
import { DetectorsRepository } from './detectors.repository.js';

/** Ids of detectors by name. Names never change, so what was found once is kept. */
@Injectable()
export class DetectorLookup {
  private readonly ids = new Map<string, string>();

  constructor(private readonly repository: DetectorsRepository) {}

  /** Throws `not-found` for an unknown name. */
  async idOf(name: string): Promise<string> {
    const known = this.ids.get(name);
    if (known !== undefined) return known;
    const row = await this.repository.findByName(name);
    if (row === null) throw new AppError('not-found', `There is no detector ${name}.`);
    this.ids.set(name, row.id);
    return row.id;
  }
}
