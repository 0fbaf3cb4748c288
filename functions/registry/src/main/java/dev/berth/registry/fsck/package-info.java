/**
 * Checks whether what a deployment keeps fits together, while nobody writes: a restored backup may
 * hold half a transaction. Counts and numbers of references can be set right, since what they count
 * is there; what is missing cannot.
 */
package dev.berth.registry.fsck;
