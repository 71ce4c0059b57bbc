import type { ElementDescription } from '../hdf5/element-type.js';
import type { Hdf5Metadata } from './module.js';

type TypePart = Pick<
  Hdf5Metadata,
  'type' | 'size' | 'signed' | 'littleEndian' | 'vlen' | 'cset' | 'compound_type'
>;

/** A type description in the form that the library takes. */
export function libraryType(description: ElementDescription): TypePart {
  const { type, size, signed, littleEndian, vlen, cset, compound_type: compound } = description;
  return {
    type,
    size,
    signed,
    littleEndian,
    vlen,
    ...(cset === undefined ? {} : { cset }),
    ...(compound === undefined
      ? {}
      : {
          compound_type: {
            nmembers: compound.nmembers,
            members: compound.members.map((member) => ({
              ...libraryType(member),
              name: member.name,
              offset: member.offset,
              shape: [],
              maxshape: [],
              chunks: null,
              total_size: 1,
            })),
          },
        }),
  };
}
