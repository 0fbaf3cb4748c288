package dev.berth.local.files;

import dev.berth.registry.store.Objects.NoSuchMultipartException;
import dev.berth.registry.store.Objects.ObjectExistsException;
import dev.berth.registry.store.Objects.Part;
import dev.berth.registry.store.Objects.PartsDifferException;
import java.io.IOException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.HashSet;
import java.util.List;
import java.util.TreeMap;

/**
 * A multipart write that goes on: a directory of parts. Its methods that change which parts there
 * are run under one lock for each multipart write, which {@link FileObjects} holds.
 */
record Multipart(String key, Path directory) {

  /** The current parts, by number. Empty where there is no such multipart write. */
  List<PartName> parts() throws IOException {
    try {
      var current = new TreeMap<Integer, PartName>();
      // the later writing comes later: it is there beside the former if a crash came between
      PartName.in(directory).forEach(part -> current.put(part.number(), part));
      return List.copyOf(current.values());
    } catch (NoSuchFileException notThere) {
      return List.of();
    }
  }

  /** Takes in a part that is written and durable, in place of the former one of this number. */
  PartName add(int number, long size, boolean encrypted, Path written) throws IOException {
    List<PartName> former = all().stream().filter(part -> part.number() == number).toList();
    int writing = former.stream().mapToInt(PartName::writing).max().orElse(0) + 1;
    PartName part = PartName.fresh(number, size, writing, encrypted);
    Files.move(written, directory.resolve(part.toString()), StandardCopyOption.ATOMIC_MOVE);
    for (PartName replaced : former) {
      Disk.deleteTree(directory.resolve(replaced.toString()));
    }
    return part;
  }

  /** Makes an object of these parts, and answers where it is. */
  Path complete(List<Part> parts, Path object) throws IOException {
    List<Part> current = parts().stream().map(PartName::part).toList();
    if (!current.containsAll(parts)) {
      throw new PartsDifferException(key);
    }
    refuseExisting(object);
    dropAllBut(parts);
    return move(object);
  }

  /** Makes an object of all that there is, and answers where it is. */
  Path move(Path object) throws IOException {
    refuseExisting(object);
    Disk.makeDirectories(object.getParent());
    try {
      return Files.move(directory, object, StandardCopyOption.ATOMIC_MOVE);
    } catch (FileSystemException e) {
      // a directory takes the place of no file and of no directory that holds something
      refuseExisting(object);
      throw e;
    }
  }

  private void refuseExisting(Path object) {
    if (Files.exists(object, LinkOption.NOFOLLOW_LINKS)) {
      throw new ObjectExistsException(key);
    }
  }

  private void dropAllBut(List<Part> parts) throws IOException {
    var named = new HashSet<>(parts);
    List<PartName> others = all().stream().filter(part -> !named.contains(part.part())).toList();
    for (PartName other : others) {
      Disk.deleteTree(directory.resolve(other.toString()));
    }
    if (!others.isEmpty()) {
      Disk.force(directory);
    }
  }

  private List<PartName> all() throws IOException {
    try {
      return PartName.in(directory);
    } catch (NoSuchFileException e) {
      throw new NoSuchMultipartException(key);
    }
  }
}
