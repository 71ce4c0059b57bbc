import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { workspaceRoot } from '../../platform/config/workspace-root.js';

const manifest = JSON.parse(readFileSync(join(workspaceRoot, 'package.json'), 'utf8')) as { version: string };

export const productVersion = manifest.version;
