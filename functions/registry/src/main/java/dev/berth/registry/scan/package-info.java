/**
 * Scans of images (guide, "Image scanning"): somebody asks for one, or a push does, it is noted on
 * the image as in progress, and a function does it.
 *
 * <p>A scan needs the facts of the image's layers ({@code facts}, which {@code layer} reads) and
 * the indexes of what is vulnerable ({@code generation}); what it finds is one object, and the
 * counts are on the image. Whoever works on it may be killed anywhere, and several may work on the
 * same one: the transaction that ends it is committed once, and tells of it. What is left in
 * progress is taken up again, and is failed at last.
 */
package dev.berth.registry.scan;
