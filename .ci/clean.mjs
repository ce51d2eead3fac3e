// A file that was deleted from lib/ must not live on in build/, or it would be shipped.
import { rmSync } from 'node:fs';
import { join } from 'node:path';

rmSync(join(import.meta.dirname, '..', 'build'), { recursive: true, force: true });
