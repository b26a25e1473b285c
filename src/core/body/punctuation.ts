/**
 * Unicode's classes as the engine has them, under the names of the package `uc.micro`, which has tables of its own for
 * engines that know no classes: the Worker's build puts this file in its place.
 */
export const P = /\p{P}/u;
export const S = /\p{S}/u;
