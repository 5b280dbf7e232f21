/** Before each file of tests: what the main entry makes known, for tests that import parts of the core alone. */
import '../../src/codecs.ts';
import '../../src/ts.ts';
