import { fileURLToPath } from 'node:url';
import type { NextConfig } from 'next';

/** The pages are served by the api process (a custom server); everything is rendered per request for the nonce. */
const config: NextConfig = {
  turbopack: { root: fileURLToPath(new URL('../..', import.meta.url)) },
  poweredByHeader: false,
  productionBrowserSourceMaps: false,
  images: { unoptimized: true },
  // Types are checked by the types target; a second time here would double the build.
  typescript: { ignoreBuildErrors: true },
  experimental: { optimizePackageImports: ['@tabler/icons-react', '@mantine/core', '@mantine/hooks'] },
};

export default config;
