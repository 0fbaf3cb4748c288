package dev.berth.local.files;

import dev.berth.registry.store.Objects.OpenMultipart;
import dev.berth.registry.store.Objects.Stored;
import dev.berth.registry.store.Page;
import java.io.IOException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What there is, page by page: objects in the order of their paths, of which one shard's names are
 * in memory at once. A page's position is the last path that it has dealt with.
 */
record Listing(Layout layout) {

  /** Beside the parts of a multipart write whose id does not hold its key: the key. */
  static final String KEY = "key";

  Page<Stored> objects(Optional<String> after, int limit) throws IOException {
    List<Stored> found = new ArrayList<>();
    for (String shard : Layout.SHARDS) {
      if (after.isEmpty() || shard.compareTo(after.get().substring(0, shard.length())) >= 0) {
        for (String place : places(shard)) {
          if (after.isEmpty() || place.compareTo(after.get()) > 0) {
            stored(place).ifPresent(found::add);
            if (found.size() == limit) {
              return new Page<>(found, Optional.of(place));
            }
          }
        }
      }
    }
    return new Page<>(found, Optional.empty());
  }

  /** The paths of a shard's objects, relative to {@link Layout#objects}. */
  private List<String> places(String shard) throws IOException {
    List<String> places = new ArrayList<>();
    add(places, layout.objects().resolve(shard));
    places.sort(null);
    return places;
  }

  private void add(List<String> places, Path directory) throws IOException {
    for (Path path : children(directory)) {
      if (path.getFileName().toString().endsWith(Layout.CONTINUED)) {
        add(places, path);
      } else {
        places.add(layout.objects().relativize(path).toString());
      }
    }
  }

  /** Empty for one that was deleted meanwhile. */
  private Optional<Stored> stored(String place) throws IOException {
    Path path = layout.objects().resolve(place);
    try {
      return Optional.of(
          new Stored(
              Layout.key(Path.of(place)),
              size(path),
              Files.getLastModifiedTime(path, LinkOption.NOFOLLOW_LINKS).toInstant()));
    } catch (NoSuchFileException deletedMeanwhile) {
      return Optional.empty();
    }
  }

  private static long size(Path object) throws IOException {
    return Files.isDirectory(object)
        ? PartName.in(object).stream().mapToLong(PartName::size).sum()
        : Files.size(object);
  }

  Page<OpenMultipart> multiparts(Optional<String> after, int limit) throws IOException {
    List<String> ids =
        children(layout.multiparts()).stream().map(path -> path.getFileName().toString()).toList();
    List<OpenMultipart> found = new ArrayList<>();
    for (String id : ids.stream().sorted().toList()) {
      if (after.isEmpty() || id.compareTo(after.get()) > 0) {
        multipart(id).ifPresent(found::add);
        if (found.size() == limit) {
          return new Page<>(found, Optional.of(id));
        }
      }
    }
    return new Page<>(found, Optional.empty());
  }

  private Optional<OpenMultipart> multipart(String id) throws IOException {
    Path directory = layout.multiparts().resolve(id);
    try {
      Optional<String> named = Layout.keyOfMultipart(id);
      Optional<String> key = named.isPresent() ? named : noted(directory.resolve(KEY));
      var time = Files.getLastModifiedTime(directory).toInstant();
      return key.map(of -> new OpenMultipart(of, id, time));
    } catch (NoSuchFileException endedMeanwhile) {
      return Optional.empty();
    }
  }

  /** Empty for one that an earlier version began, of which nothing tells the key. */
  private static Optional<String> noted(Path file) throws IOException {
    return Files.exists(file) ? Files.readAllLines(file).stream().findFirst() : Optional.empty();
  }

  private static List<Path> children(Path directory) throws IOException {
    try (DirectoryStream<Path> children = Files.newDirectoryStream(directory)) {
      List<Path> all = new ArrayList<>();
      children.forEach(all::add);
      return all;
    } catch (NoSuchFileException | NotDirectoryException deletedMeanwhile) {
      return List.of();
    } catch (DirectoryIteratorException e) {
      throw e.getCause();
    }
  }
}
