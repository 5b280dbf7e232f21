/** numpy's random numbers: generators with their state, which is told and not run. */
import type { PyType, TypeFamily } from '../spec/options.ts';
import { textOf } from '../arrays/dtype-state.ts';
import { refuse } from '../arrays/refuse.ts';
import { PyGlobal } from '../values/py.ts';
import { named } from './numpy/names.ts';
import { PyBitGenerator, PyGenerator, PyRandomState, PySeedSequence } from './numpy/random.ts';

/** A bit generator is given as itself, as its class, or by its name; MT19937 is the oldest. */
function bitGeneratorOf(args: readonly unknown[]): PyBitGenerator | undefined {
  const [given = 'MT19937', constructor] = args;
  if (args.length > 2 || (constructor !== undefined && !(constructor instanceof PyGlobal))) return undefined;
  if (given instanceof PyBitGenerator) return given;
  if (given instanceof PyGlobal) return new PyBitGenerator(given.toString());
  const name = textOf(given);
  return name === undefined ? undefined : new PyBitGenerator(name);
}

const bitGenerators: PyType = {
  call: (args) => (args[0] instanceof PyBitGenerator ? undefined : bitGeneratorOf(args)),
  setState(target, state) {
    if (target instanceof PyBitGenerator) target.setState(state);
  },
};

const generators: PyType = {
  call(args) {
    const bitGenerator = bitGeneratorOf(args);
    return bitGenerator && new PyGenerator(bitGenerator);
  },
  setState(target, state) {
    if (target instanceof PyGenerator && state !== null) target.bitGenerator.setState(state);
  },
};

const randomStates: PyType = {
  call(args) {
    const bitGenerator = bitGeneratorOf(args);
    return bitGenerator && new PyRandomState(bitGenerator);
  },
  setState(target, state) {
    if (target instanceof PyRandomState) target.state = state;
  },
};

const oldRandomStates: PyType = {
  ...randomStates,
  call: (args) => (args.length === 0 ? new PyRandomState(null) : undefined),
};

/** `__pyx_unpickle_SeedSequence(cls, checksum, state)`; the state comes here or by BUILD. */
const seedSequences: PyType = {
  call([cls, _checksum, state = null, ...rest]) {
    const isKnown = cls instanceof PyGlobal && cls.toString() === 'numpy.random.bit_generator.SeedSequence';
    if (!isKnown || rest.length > 0) return undefined;
    const sequence = new PySeedSequence();
    return state === null || sequence.setState(state) ? sequence : undefined;
  },
  setState(target, state) {
    if (!(target instanceof PySeedSequence) || !target.setState(state)) refuse('The state of a SeedSequence is none.');
  },
};

export const numpyRandom: TypeFamily = {
  name: 'numpy.random',
  get types(): TypeFamily['types'] {
    return [
      ['numpy.random._pickle', '__bit_generator_ctor', bitGenerators],
      ['numpy.random._pickle', '__generator_ctor', generators],
      ['numpy.random._pickle', '__randomstate_ctor', randomStates],
      ['numpy.random.bit_generator', '__pyx_unpickle_SeedSequence', seedSequences],
      ['numpy.random', '__RandomState_ctor', oldRandomStates],
      ...named([
        'numpy.random._mt19937.MT19937',
        'numpy.random._pcg64.PCG64',
        'numpy.random._pcg64.PCG64DXSM',
        'numpy.random._philox.Philox',
        'numpy.random._sfc64.SFC64',
        'numpy.random.bit_generator.SeedSequence',
      ]),
    ];
  },
};
