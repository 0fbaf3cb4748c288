package dev.berth.local.files;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.HashMap;
import java.util.Map;

/**
 * Who reads which object, so that one that is deleted is still read to its end. Its files are
 * opened one after the other: an object of 10,000 parts would otherwise take as many descriptors.
 */
final class Readers {

  private final Map<Path, Held> held = new HashMap<>();

  /** An object that is being read. Guarded by this class's lock. */
  private static final class Held {
    /** Where the object is now: under the trash once it is deleted. */
    Path place;

    int readers;

    Held(Path place) {
      this.place = place;
    }
  }

  /** What is done with an object's path while it stays where it is. */
  interface Step<T> {
    T at(Path place) throws IOException;
  }

  /** One reader's hold of an object. */
  final class Hold {
    private final Path object;
    private final Held target;
    private boolean open = true;

    private Hold(Path object, Held target) {
      this.object = object;
      this.target = target;
    }

    <T> T at(Step<T> step) throws IOException {
      synchronized (Readers.this) {
        return step.at(target.place);
      }
    }

    void release() throws IOException {
      synchronized (Readers.this) {
        if (!open) {
          return;
        }
        open = false;
        target.readers--;
        if (target.readers > 0) {
          return;
        }
        if (target.place.equals(object)) {
          held.remove(object);
          return;
        }
      }
      Disk.deleteTree(target.place);
    }
  }

  /**
   * @throws NoSuchFileException if there is no such object
   */
  synchronized Hold hold(Path object) throws IOException {
    Held known = held.get(object);
    if (known == null) {
      if (!Files.exists(object, LinkOption.NOFOLLOW_LINKS)) {
        throw new NoSuchFileException(object.toString());
      }
      known = new Held(object);
      held.put(object, known);
    }
    known.readers++;
    return new Hold(object, known);
  }

  /**
   * Takes an object away, and deletes its files after the last that reads it.
   *
   * @return whether there was one
   */
  boolean delete(Path object, Path trash) throws IOException {
    boolean read;
    synchronized (this) {
      try {
        Files.move(object, trash, StandardCopyOption.ATOMIC_MOVE);
      } catch (NoSuchFileException nothingToDelete) {
        return false;
      }
      Held known = held.remove(object);
      read = known != null;
      if (read) {
        known.place = trash;
      }
    }
    Disk.force(object.getParent());
    if (!read) {
      Disk.deleteTree(trash);
    }
    return true;
  }
}
