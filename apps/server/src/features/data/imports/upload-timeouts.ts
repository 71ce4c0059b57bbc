import type { Server } from 'node:http';
import { Injectable, type OnApplicationBootstrap } from '@nestjs/common';
import { HttpAdapterHost } from '@nestjs/core';

/**
 * Node cuts every request off that is not complete after five minutes, which large files are not. Headers keep their
 * own limit, and a body of which nothing comes any more is given up by whoever reads it.
 */
@Injectable()
export class UploadTimeouts implements OnApplicationBootstrap {
  constructor(private readonly host: HttpAdapterHost) {}

  onApplicationBootstrap(): void {
    const server = this.host.httpAdapter.getHttpServer() as Server;
    server.requestTimeout = 0;
  }
}
