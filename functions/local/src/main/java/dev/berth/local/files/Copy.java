package dev.berth.local.files;

import java.io.EOFException;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;

/** Copies of what is stored: links to whole files, bytes only for the ends that are cut. */
final class Copy {

  private Copy() {}

  /** Makes a file, or a directory of parts, that holds what the reading does. */
  static void of(ObjectReading source, Path target) throws IOException {
    List<Piece> pieces = source.pieces();
    if (pieces.size() == 1) {
      copy(source, pieces.getFirst(), target);
      return;
    }
    Disk.makeDirectories(target);
    for (int i = 0; i < pieces.size(); i++) {
      Piece piece = pieces.get(i);
      copy(source, piece, target.resolve(PartName.fresh(i + 1, piece.count(), 1).toString()));
    }
    Disk.force(target);
  }

  private static void copy(ObjectReading source, Piece piece, Path target) throws IOException {
    if (!piece.whole() || !linked(source, piece, target)) {
      copyBytes(source, piece, target);
    }
  }

  private static boolean linked(ObjectReading source, Piece piece, Path target) throws IOException {
    try {
      source.at(piece, file -> Files.createLink(target, file));
      return true;
    } catch (FileSystemException | UnsupportedOperationException tooManyLinksOrNone) {
      return false;
    }
  }

  private static void copyBytes(ObjectReading source, Piece piece, Path target) throws IOException {
    try (FileChannel from =
            source.at(piece, file -> FileChannel.open(file, StandardOpenOption.READ));
        FileChannel to = Disk.create(target)) {
      long copied = 0;
      while (copied < piece.count()) {
        long more = from.transferTo(piece.position() + copied, piece.count() - copied, to);
        if (more == 0) {
          throw new EOFException("an object's file is shorter than it was written");
        }
        copied += more;
      }
      to.force(true);
    }
  }
}
