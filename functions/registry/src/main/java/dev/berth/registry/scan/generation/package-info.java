/**
 * The indexes that scans read, as a deployment keeps them: the files of a generation are objects
 * that are written once, and one item says which generation is in force.
 *
 * <p>An importer writes all files under a fresh id, then the manifest, and then changes that item,
 * if nobody else has. Until then nothing reads them; what an importer leaves that was killed, or
 * was not the first, is garbage, as is a generation some time after another one took its place.
 */
package dev.berth.registry.scan.generation;
