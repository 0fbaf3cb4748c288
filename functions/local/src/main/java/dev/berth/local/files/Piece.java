package dev.berth.local.files;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * A range of one of an object's files.
 *
 * @param file relative to the object's path; empty where the object is this file alone
 * @param position among the file's bytes, as the object has them
 * @param count at least 1
 * @param size of the file's bytes, as the object has them
 * @param encrypted whether the file has them encrypted
 */
record Piece(Path file, long position, long count, long size, boolean encrypted) {

  /** What a range of an object consists of, in order: as much of it as there is. */
  static List<Piece> of(Path object, long offset, long length) throws IOException {
    var pieces = new ArrayList<Piece>();
    long end = length > Long.MAX_VALUE - offset ? Long.MAX_VALUE : offset + length;
    if (Files.isDirectory(object)) {
      addParts(pieces, object, Path.of(""), offset, end);
    } else {
      add(pieces, Path.of(""), Files.size(object), false, offset, end);
    }
    return pieces;
  }

  private static void addParts(
      List<Piece> pieces, Path object, Path directory, long offset, long end) throws IOException {
    long start = 0;
    for (PartName part : PartName.in(object.resolve(directory))) {
      Path child = directory.resolve(part.toString());
      if (start < end && start + part.size() > offset) {
        long from = Math.max(0, offset - start);
        if (Files.isDirectory(object.resolve(child))) {
          addParts(pieces, object, child, from, end - start);
        } else {
          add(pieces, child, part.size(), part.encrypted(), from, end - start);
        }
      }
      start += part.size();
    }
  }

  /** Whether this is all of the file. */
  boolean whole() {
    return count == size;
  }

  private static void add(
      List<Piece> pieces, Path file, long size, boolean encrypted, long offset, long end) {
    long count = Math.min(size, end) - offset;
    if (count > 0) {
      pieces.add(new Piece(file, offset, count, size, encrypted));
    }
  }
}
