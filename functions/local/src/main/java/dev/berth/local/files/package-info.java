/**
 * Objects as files. Under the root: {@code objects} holds the complete ones, {@code multiparts} one
 * directory for each multipart write that goes on, {@code temporary} what is being written, {@code
 * trash} what is deleted and may still be read. The last two are emptied at each start.
 *
 * <p>An object, and each part of one, is a file or a directory of its parts in order, so that an
 * object is made of its parts by one rename and copied by hard links. Nothing under {@code objects}
 * ever changes. A file of an object with a key of KMS is encrypted, which its name tells; such an
 * object is a directory even when it has one part.
 */
package dev.berth.local.files;
