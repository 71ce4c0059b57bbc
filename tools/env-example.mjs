/** Writes .env.example from the settings that the built server knows: node tools/env-example.mjs */
import { writeFileSync } from 'node:fs';
import { envExample } from '../apps/server/dist/platform/config/env-example.js';

writeFileSync(new URL('../.env.example', import.meta.url), envExample());
