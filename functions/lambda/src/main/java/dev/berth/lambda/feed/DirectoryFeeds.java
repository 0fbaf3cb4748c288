package dev.berth.lambda.feed;

import dev.berth.core.scan.feed.Feed;
import dev.berth.registry.scan.update.FeedSource;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Optional;

/** Feeds from the files of a directory, see {@link FeedFiles}. */
public final class DirectoryFeeds implements FeedSource {

  private final Path directory;

  public DirectoryFeeds(Path directory) {
    this.directory = directory;
  }

  @Override
  public Offer open(Feed feed, Optional<String> known) throws IOException {
    Optional<Path> file =
        FeedFiles.names(feed).stream().map(directory::resolve).filter(Files::exists).findFirst();
    return file.isPresent() ? open(feed, file.get(), known) : new Absent();
  }

  private static Offer open(Feed feed, Path file, Optional<String> known) throws IOException {
    if (!Files.isRegularFile(file)) {
      throw new IOException(file + " is no file");
    }
    String version = "sha256:" + digest(file);
    if (known.equals(Optional.of(version))) {
      return new Unchanged();
    }
    InputStream bytes = Files.newInputStream(file);
    return new Content(Decompression.of(feed.compression(), bytes, feed.name()), version);
  }

  private static String digest(Path file) throws IOException {
    try (var in = new DigestInputStream(Files.newInputStream(file), sha256())) {
      in.transferTo(OutputStream.nullOutputStream());
      return HexFormat.of().formatHex(in.getMessageDigest().digest());
    }
  }

  private static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }
}
