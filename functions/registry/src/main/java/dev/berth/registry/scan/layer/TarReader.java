package dev.berth.registry.scan.layer;

import dev.berth.registry.scan.layer.TarEntry.Kind;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/**
 * Walks a tar, entry by entry, as Go's archive/tar does, which clients unpack layers with: names of
 * any length by pax or GNU, sizes of any length, sparse files. Nothing is in memory but a buffer,
 * and what is asked for.
 */
final class TarReader implements AutoCloseable {

  private static final int BUFFER = 65_536;

  /** Of names and attributes, each. */
  private static final int LONGEST_ATTRIBUTES = 1 << 20;

  // where GNU's own format has the first pieces of a sparse file, and its size with holes
  private static final int SPARSE = 386;
  private static final int SPARSE_CONTINUES = 482;
  private static final int SPARSE_SIZE = 483;
  private static final int CONTINUATION_CONTINUES = 504;

  private final InputStream in;
  private final Meter meter;
  private final byte[] buffer = new byte[BUFFER];
  private final TarHeader header = new TarHeader(new byte[TarHeader.BLOCK]);
  private int next;
  private int end;
  private long read;

  /** Of the entry's content, and what fills up its last block. */
  private long left;

  private long padding;
  private Optional<SparseMap> sparse = Optional.empty();

  /**
   * @param in which is closed with this
   */
  TarReader(InputStream in, Meter meter) {
    this.in = in;
    this.meter = meter;
  }

  /**
   * The next entry; nothing at the end.
   *
   * @throws LayerException if the tar is damaged or ends too early, or goes beyond the limits
   */
  Optional<TarEntry> next() throws IOException {
    PaxAttributes attributes = PaxAttributes.none();
    Optional<String> longName = Optional.empty();
    Optional<String> longLink = Optional.empty();
    while (nextHeader()) {
      switch (header.type()) {
        case 'x', 'X' -> attributes = PaxAttributes.read(readAttributes());
        case 'L' -> longName = Optional.of(text(readAttributes()));
        case 'K' -> longLink = Optional.of(text(readAttributes()));
        case '0', '\0', '7', 'S', '1', '2', '3', '4', '5', '6' -> {
          String name = attributes.path().orElse(longName.orElseGet(header::name));
          String target = attributes.linkPath().orElse(longLink.orElseGet(header::linkName));
          return Optional.of(entry(name, target, attributes));
        }
        default -> {
          // attributes of all entries, which clients ignore, volume labels and the like
        }
      }
    }
    return Optional.empty();
  }

  private TarEntry entry(String name, String target, PaxAttributes attributes) throws IOException {
    Kind kind = kind(name);
    boolean hasContent = kind == Kind.FILE || header.type() == '\0';
    content(hasContent ? attributes.size().orElseGet(header::size) : 0);
    sparse = header.type() == 'S' ? Optional.of(oldSparseMap()) : attributes.sparse();
    return new TarEntry(LayerPath.of(name), kind, target);
  }

  private Kind kind(String name) {
    return switch (header.type()) {
      case '\0' -> name.endsWith("/") ? Kind.DIRECTORY : Kind.FILE;
      case '0', '7', 'S' -> Kind.FILE;
      case '1' -> Kind.HARD_LINK;
      case '2' -> Kind.SYMBOLIC_LINK;
      case '5' -> Kind.DIRECTORY;
      default -> Kind.OTHER;
    };
  }

  /** Whether there is another header, which is then the one read. */
  private boolean nextHeader() throws IOException {
    skip(left + padding);
    content(0);
    if (!readHeader()) {
      return false;
    }
    if (header.isZero()) {
      // two of these end a tar, or one and the end
      if (readHeader() && !header.isZero()) {
        throw corrupt();
      }
      return false;
    }
    meter.entry();
    if (!header.hasChecksum()) {
      throw read - end + next == TarHeader.BLOCK ? noTar() : corrupt();
    }
    content(header.size());
    return true;
  }

  private static LayerException noTar() {
    return new LayerException("it is neither gzip nor zstd nor a tar");
  }

  private LayerException corrupt() {
    return new LayerException("its tar is corrupt before byte %d".formatted(read - end + next));
  }

  /** Of an entry whose header is read. */
  private void content(long size) {
    left = size;
    padding = -size & (TarHeader.BLOCK - 1);
  }

  private byte[] readAttributes() throws IOException {
    if (left > LONGEST_ATTRIBUTES) {
      throw new LayerException(
          "its tar has attributes of more than %d bytes".formatted(LONGEST_ATTRIBUTES));
    }
    return readLeft();
  }

  private static String text(byte[] name) {
    int length = 0;
    while (length < name.length && name[length] != 0) {
      length++;
    }
    return new String(name, 0, length, StandardCharsets.UTF_8);
  }

  private SparseMap oldSparseMap() throws IOException {
    SparseMap map = new SparseMap(header.number(SPARSE_SIZE), false);
    byte[] block = header.block();
    addPieces(map, SPARSE, 4);
    int continues = SPARSE_CONTINUES;
    while (block[continues] != 0) {
      readFully(block, TarHeader.BLOCK);
      addPieces(map, 0, 21);
      continues = CONTINUATION_CONTINUES;
    }
    return map;
  }

  private void addPieces(SparseMap map, int from, int count) {
    for (int at = from; at < from + count * 24 && header.block()[at] != 0; at += 24) {
      map.add(header.number(at), header.number(at + 12));
    }
  }

  /**
   * The content of the entry, which is the one that came last, once; of a sparse file, with its
   * holes.
   *
   * @throws LayerException if it is larger than files may be
   */
  byte[] content(TarEntry entry) throws IOException {
    meter.file(entry.path(), left);
    if (sparse.isEmpty()) {
      return readLeft();
    }
    meter.file(entry.path(), sparse.get().size());
    meter.unpacked((int) sparse.get().size());
    return sparse.get().expand(readLeft());
  }

  private byte[] readLeft() throws IOException {
    byte[] content = new byte[(int) left];
    readFully(content, content.length);
    left = 0;
    return content;
  }

  /** Reads what follows the tar, as it is part of the layer, and damage shows. */
  void drain() throws IOException {
    do {
      next = end;
    } while (fill());
  }

  private void skip(long bytes) throws IOException {
    long more = bytes;
    while (more > 0) {
      requireMore();
      int here = (int) Math.min(more, end - next);
      next += here;
      more -= here;
    }
  }

  /** Whether there is another block. */
  private boolean readHeader() throws IOException {
    if (next == end && !fill()) {
      return false;
    }
    readFully(header.block(), TarHeader.BLOCK);
    return true;
  }

  private void readFully(byte[] to, int length) throws IOException {
    int done = 0;
    while (done < length) {
      requireMore();
      int here = Math.min(length - done, end - next);
      System.arraycopy(buffer, next, to, done, here);
      next += here;
      done += here;
    }
  }

  private void requireMore() throws IOException {
    if (next == end && !fill()) {
      throw read < TarHeader.BLOCK ? noTar() : new LayerException("its tar ends too early");
    }
  }

  private boolean fill() throws IOException {
    int filled = in.read(buffer, 0, BUFFER);
    next = 0;
    end = Math.max(0, filled);
    meter.unpacked(end);
    read += end;
    return end > 0;
  }

  @Override
  public void close() throws IOException {
    in.close();
  }
}
