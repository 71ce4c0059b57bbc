import { Injectable } from '@nestjs/common';
import { AppConfig } from '../../platform/config/app-config.js';
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
    return token === null ? undefined : `${this.base(port)}/setup#token=${token}`;
  }

  private base(port: number): string {
    const { publicUrl, host } = this.config;
    if (publicUrl !== undefined) return publicUrl.replace(/\/+$/, '');
    const name = host === '0.0.0.0' || host === '::' ? '127.0.0.1' : host;
    return `http://${name.includes(':') ? `[${name}]` : name}:${port}`;
  }
}
