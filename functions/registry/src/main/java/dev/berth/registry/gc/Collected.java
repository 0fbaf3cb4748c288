package dev.berth.registry.gc;

/**
 * What a run of collection freed, or one would free.
 *
 * @param announced links whose removal was announced: a run after {@link GcPeriods#announced}
 *     removes them, unless they are touched
 * @param links removed
 * @param blobs removed, each with its object
 * @param objects removed beside those of blobs, and multipart writes aborted
 * @param bytes of all objects that are removed
 * @param skipped repositories that nothing was removed from, as not all of their manifests could be
 *     read, or that failed: the log says why
 */
public record Collected(
    long announced, long links, long blobs, long objects, long bytes, long skipped) {

  public static final Collected NOTHING = new Collected(0, 0, 0, 0, 0, 0);

  static Collected announced(long links) {
    return new Collected(links, 0, 0, 0, 0, 0);
  }

  static Collected links(long links) {
    return new Collected(0, links, 0, 0, 0, 0);
  }

  static Collected blobs(long blobs, long bytes) {
    return new Collected(0, 0, blobs, 0, bytes, 0);
  }

  static Collected objects(long objects, long bytes) {
    return new Collected(0, 0, 0, objects, bytes, 0);
  }

  static Collected skipped(long repositories) {
    return new Collected(0, 0, 0, 0, 0, repositories);
  }

  /** What is freed alone. */
  public Collected withoutAnnounced() {
    return new Collected(0, links, blobs, objects, bytes, skipped);
  }

  public Collected plus(Collected more) {
    return new Collected(
        announced + more.announced,
        links + more.links,
        blobs + more.blobs,
        objects + more.objects,
        bytes + more.bytes,
        skipped + more.skipped);
  }
}
