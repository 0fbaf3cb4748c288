/**
 * Garbage collection: removes the links to layers that no image names, the blobs that have no link,
 * and the objects that are no blob's and no manifest's, while pushes, mounts and deletions go on.
 * What it counts on:
 *
 * <ul>
 *   <li>A link and its blob's {@code refs} change in one transaction, so {@code refs} is exact.
 *   <li>A writer takes at most a minute between reading links and its transaction ({@link
 *       dev.berth.registry.layer.WriteWindow}), and takes back the announced removal of a link that
 *       it relies on. An hour lies between the announcement and the removal.
 *   <li>Whoever is told that a layer is there touches its link unless that was done within half a
 *       day, and what was touched within a day is left alone.
 *   <li>An object's key names the upload, the image, the blob or the generation of indexes whose it
 *       is ({@link dev.berth.registry.upload.UploadRemains}, {@link
 *       dev.berth.registry.image.ManifestObjects}, {@link
 *       dev.berth.registry.image.FindingsObjects}, {@link
 *       dev.berth.registry.scan.facts.FactsObjects}, {@link
 *       dev.berth.registry.scan.generation.Generations}). Whoever writes objects in another way has
 *       to give them other keys: those are never collected.
 *   <li>No upload is committed later than 36 hours after it began, whether or not it has a record.
 * </ul>
 *
 * All that a run needs to know of those before it is in the items, so it may be stopped anywhere
 * and run by several at once.
 */
package dev.berth.registry.gc;
