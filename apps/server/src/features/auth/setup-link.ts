import { Injectable } from '@nestjs/common';
import { AppConfig } from '../../platform/config/app-config.js';
import { baseAddress } from '../../platform/http/base-address.js';
import { SetupService } from './setup.service.js';

/** The address that leads a person to set the first password. The token stands behind `#`, which is never sent. */
@Injectable()
export class SetupLink {
  constructor(
    private readonly config: AppConfig,
    private readonly setup: SetupService,
  ) {}

  /** Undefined when an administrator exists. */
  async create(port: number): Promise<string | undefined> {
    const token = await this.setup.createSetupToken();
    return token === null ? undefined : `${baseAddress(this.config, port)}/setup#token=${token}`;
  }
}
