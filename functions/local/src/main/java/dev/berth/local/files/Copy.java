package dev.berth.local.files;

import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.ReadableByteChannel;
import java.nio.channels.SeekableByteChannel;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;

/**
 * Copies of what is stored: links to whole files, bytes only for the ends that are cut and for what
 * is encrypted otherwise.
 */
final class Copy {

  private Copy() {}

  /** Makes a file, or a directory of parts, that holds what the reading does. */
  static void of(ObjectReading source, FileFormat format, Path target) throws IOException {
    List<Piece> pieces = source.pieces();
    if (pieces.size() == 1) {
      copy(source, pieces.getFirst(), format, target);
    } else {
      asParts(source, format, target);
    }
  }

  /** Makes a directory of parts, one part or many, whose time is that of the copy. */
  static void asParts(ObjectReading source, FileFormat format, Path target) throws IOException {
    List<Piece> pieces = source.pieces();
    Disk.makeDirectories(target);
    for (int i = 0; i < pieces.size(); i++) {
      Piece piece = pieces.get(i);
      PartName name = PartName.fresh(i + 1, piece.count(), 1, format.encrypts());
      copy(source, piece, format, target.resolve(name.toString()));
    }
    Disk.force(target);
  }

  private static void copy(ObjectReading source, Piece piece, FileFormat format, Path target)
      throws IOException {
    boolean same = source.at(piece, file -> format.isOf(file, piece.encrypted()));
    if (same && piece.whole() && linked(source, piece, target)) {
      return;
    }
    if (same && !piece.encrypted()) {
      copyBytes(source, piece, target);
    } else {
      try (SeekableByteChannel from = source.open(piece).position(piece.position())) {
        format.write(target, new Bounded(from, piece.count()));
      }
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

  /** So many bytes of a channel. */
  private static final class Bounded implements ReadableByteChannel {
    private final ReadableByteChannel channel;
    private long rest;

    Bounded(ReadableByteChannel channel, long count) {
      this.channel = channel;
      this.rest = count;
    }

    @Override
    public int read(ByteBuffer target) throws IOException {
      if (rest == 0) {
        return -1;
      }
      ByteBuffer most = target.slice(target.position(), (int) Math.min(rest, target.remaining()));
      int count = channel.read(most);
      if (count < 0) {
        throw new EOFException("an object's file is shorter than it was written");
      }
      target.position(target.position() + count);
      rest -= count;
      return count;
    }

    @Override
    public boolean isOpen() {
      return channel.isOpen();
    }

    @Override
    public void close() throws IOException {
      channel.close();
    }
  }
}
