package dev.berth.local.files;

import dev.berth.registry.store.ObjectEncryption;
import dev.berth.registry.store.ObjectRules;
import dev.berth.registry.store.Objects;
import dev.berth.registry.store.Page;
import dev.berth.registry.store.StoreException;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReentrantLock;
import java.util.stream.Stream;

/**
 * Objects as files under one directory, which one process at a time may have open. What is
 * acknowledged survives a crash of the process and of the machine; what a crash cut off is cleared
 * away at the next start, but for multipart writes, which go on.
 */
public final class FileObjects implements Objects, Closeable {

  /** Enough for concurrent uploads not to meet. */
  private static final int LOCKS = 64;

  private final Layout layout;
  private final LinkSigner links;
  private final DataKeys keys;
  private final FileChannel lockFile;
  private final Readers readers = new Readers();
  private final List<Lock> locks =
      Stream.generate(() -> (Lock) new ReentrantLock()).limit(LOCKS).toList();

  /**
   * @param root made if it is not there
   * @param links makes the signed links
   * @param keys of the files of encrypted objects
   * @throws StoreException if the directory cannot be used, or is in use
   */
  public FileObjects(Path root, LinkSigner links, DataKeys keys) {
    this.layout = new Layout(root.toAbsolutePath());
    this.links = links;
    this.keys = keys;
    this.lockFile = open();
  }

  private FileChannel open() {
    return tried(
        "open the objects in " + layout.root(),
        () -> {
          Disk.makeDirectories(layout.objects());
          Disk.makeChildren(layout.root(), Layout.DIRECTORIES);
          Disk.makeChildren(layout.objects(), Layout.SHARDS);
          FileChannel lock = RootLock.acquire(layout.lock());
          Disk.deleteContents(layout.temporary());
          Disk.deleteContents(layout.trash());
          return lock;
        });
  }

  @Override
  public int smallestPart() {
    return 1;
  }

  @Override
  public void put(String key, ByteBuffer bytes, ObjectEncryption encryption) {
    Path object = layout.object(key);
    var format = new FileFormat(encryption, keys);
    if (format.encrypts()) {
      putParts(key, object, format, bytes);
      return;
    }
    written(
        key,
        temporary -> {
          if (Files.exists(object, LinkOption.NOFOLLOW_LINKS)) {
            throw new ObjectExistsException(key);
          }
          Disk.write(temporary, bytes);
          Disk.makeDirectories(object.getParent());
          try {
            // unlike a rename, a link never takes the place of what is there
            Files.createLink(object, temporary);
          } catch (FileAlreadyExistsException e) {
            throw new ObjectExistsException(key);
          }
          Disk.force(object.getParent());
          return object;
        });
  }

  /** An object of one part: its name tells that the file is encrypted, and how long it is. */
  private void putParts(String key, Path object, FileFormat format, ByteBuffer bytes) {
    written(
        key,
        temporary -> {
          Disk.makeDirectories(temporary);
          PartName name = PartName.fresh(1, bytes.remaining(), 1, true);
          format.write(temporary.resolve(name.toString()), bytes);
          Disk.force(temporary);
          new Multipart(key, temporary).move(object);
          Disk.force(object.getParent());
          return object;
        });
  }

  /**
   * {@inheritDoc} A directory of links, or of encrypted files: a link alone would tell the time at
   * which its source was written.
   */
  @Override
  public void copy(String source, String key, ObjectEncryption encryption) {
    Path object = layout.object(key);
    try (ObjectReading reading = regions(source, 0, Long.MAX_VALUE)) {
      if (reading.length() == 0) {
        put(key, ByteBuffer.allocate(0), encryption);
        return;
      }
      written(
          key,
          temporary -> {
            Copy.asParts(reading, new FileFormat(encryption, keys), temporary);
            new Multipart(key, temporary).move(object);
            Disk.force(object.getParent());
            return object;
          });
    }
  }

  @Override
  public String begin(String key, ObjectEncryption encryption) {
    String id = Layout.newMultipart(key);
    return tried(
        "begin object " + key,
        () -> {
          Path directory = layout.multipart(key, id);
          Disk.makeDirectories(directory);
          new FileFormat(encryption, keys).note(directory);
          if (Layout.keyOfMultipart(id).isEmpty()) {
            PrivateFiles.write(directory.resolve(Listing.KEY), List.of(key));
          }
          return id;
        });
  }

  @Override
  public Part part(String key, String multipart, int number, ByteBuffer bytes) {
    ObjectRules.partNumber(number);
    Path directory = layout.multipart(key, multipart);
    return written(
        key,
        temporary -> {
          requireThere(key, directory);
          FileFormat format = FileFormat.noted(directory, keys);
          format.write(temporary, bytes);
          return add(key, directory, number, bytes.remaining(), format, temporary);
        });
  }

  @Override
  public Part copyPart(
      String key, String multipart, int number, String source, long offset, long length) {
    ObjectRules.partNumber(number);
    ObjectRules.copyRange(offset, length);
    Path directory = layout.multipart(key, multipart);
    return written(
        key,
        temporary -> {
          requireThere(key, directory);
          FileFormat format = FileFormat.noted(directory, keys);
          try (ObjectReading reading = read(source, offset, length)) {
            if (reading.length() < length) {
              throw new IllegalArgumentException(
                  "not in object %s: %d bytes from %d".formatted(source, length, offset));
            }
            Copy.of(reading, format, temporary);
          }
          return add(key, directory, number, length, format, temporary);
        });
  }

  private static void requireThere(String key, Path multipart) {
    if (!Files.isDirectory(multipart)) {
      throw new NoSuchMultipartException(key);
    }
  }

  private Part add(
      String key, Path directory, int number, long size, FileFormat format, Path written)
      throws IOException {
    var multipart = new Multipart(key, directory);
    PartName part =
        locked(directory, () -> multipart.add(number, size, format.encrypts(), written));
    try {
      Disk.force(directory);
    } catch (NoSuchFileException completedMeanwhile) {
      throw new NoSuchMultipartException(key);
    }
    return part.part();
  }

  @Override
  public List<Part> parts(String key, String multipart) {
    Path directory = layout.multipart(key, multipart);
    return tried(
        "list the parts of object " + key,
        () ->
            locked(directory, () -> new Multipart(key, directory).parts()).stream()
                .map(PartName::part)
                .toList());
  }

  @Override
  public void complete(String key, String multipart, List<Part> parts) {
    List<Part> inOrder = ObjectRules.inOrder(parts);
    Path directory = layout.multipart(key, multipart);
    Path object = layout.object(key);
    tried(
        "complete object " + key,
        () -> {
          locked(directory, () -> new Multipart(key, directory).complete(inOrder, object));
          Disk.force(object.getParent());
          Disk.force(layout.multiparts());
          return object;
        });
  }

  @Override
  public void abort(String key, String multipart) {
    Path directory = layout.multipart(key, multipart);
    tried(
        "abort object " + key,
        // the same steps as for an object: away at once, then deleted
        () -> locked(directory, () -> readers.delete(directory, layout.newTrash())));
  }

  @Override
  public InputStream get(String key, long offset, long length) {
    return new ObjectStream(regions(key, offset, length));
  }

  /**
   * What {@link #get} reads, as regions of files for sending without copies.
   *
   * @throws NoSuchObjectException if the key does not exist
   */
  public ObjectReading regions(String key, long offset, long length) {
    ObjectRules.range(offset, length);
    return tried("read object " + key, () -> read(key, offset, length));
  }

  private ObjectReading read(String key, long offset, long length) throws IOException {
    try {
      return ObjectReading.open(readers, keys, key, layout.object(key), offset, length);
    } catch (NoSuchFileException e) {
      throw new NoSuchObjectException(key);
    }
  }

  @Override
  public void delete(String key) {
    Path object = layout.object(key);
    tried("delete object " + key, () -> readers.delete(object, layout.newTrash()));
  }

  @Override
  public Page<Stored> list(Optional<String> after, int limit) {
    return tried("list the objects", () -> new Listing(layout).objects(after, limit));
  }

  @Override
  public Page<OpenMultipart> multiparts(Optional<String> after, int limit) {
    return tried("list the multipart writes", () -> new Listing(layout).multiparts(after, limit));
  }

  @Override
  public URI signedLink(String key, Method method, Duration validity) {
    return links.sign(ObjectRules.key(key), method, validity);
  }

  /** Lets another process open the directory. Objects that are being read are read on. */
  @Override
  public void close() throws IOException {
    lockFile.close();
  }

  private interface Work<T> {
    T done() throws IOException;
  }

  private interface Writing<T> {
    T to(Path temporary) throws IOException;
  }

  /** Writes by way of a temporary path, of which nothing stays. */
  private <T> T written(String key, Writing<T> writing) {
    return tried(
        "write object " + key,
        () -> {
          Path temporary = layout.newTemporary();
          try {
            return writing.to(temporary);
          } finally {
            Disk.deleteTree(temporary);
          }
        });
  }

  private <T> T locked(Path multipart, Work<T> work) throws IOException {
    Lock lock = locks.get(Math.floorMod(multipart.hashCode(), LOCKS));
    lock.lock();
    try {
      return work.done();
    } finally {
      lock.unlock();
    }
  }

  private static <T> T tried(String what, Work<T> work) {
    try {
      return work.done();
    } catch (IOException e) {
      throw new StoreException("cannot " + what, e);
    }
  }
}
