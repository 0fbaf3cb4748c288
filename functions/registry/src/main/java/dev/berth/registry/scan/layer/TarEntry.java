package dev.berth.registry.scan.layer;

/**
 * An entry of a tar.
 *
 * @param path as {@link LayerPath} has it
 * @param target of a link, as the tar has it; without meaning for others
 */
record TarEntry(String path, Kind kind, String target) {

  enum Kind {
    FILE,
    HARD_LINK,
    SYMBOLIC_LINK,
    DIRECTORY,
    /** A device, or a pipe. */
    OTHER
  }
}
