package dev.berth.lambda.feed;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.berth.core.scan.feed.FeedException;
import dev.berth.core.scan.feed.FeedXml;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.URI;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * A repository of packages (createrepo_c) on one of its mirrors: what its metadata say of the
 * updateinfo, and that file.
 */
final class PackageRepository {

  private static final int MIRROR_LIST = 64 << 10;
  private static final int METADATA = 4 << 20;
  private static final int UPDATEINFO = 64 << 20;
  private static final int MIRRORS = 3;

  /** Checksums that are worth something, and what the JDK calls them. */
  private static final Map<String, String> CHECKSUMS =
      Map.of("sha256", "SHA-256", "sha512", "SHA-512");

  private static final Pattern PATH =
      Pattern.compile("(?!.*(?:^|/)\\.{1,2}(?:/|$))[A-Za-z0-9._~-]+(?:/[A-Za-z0-9._~-]+)*");

  private final FeedServer server;

  PackageRepository(FeedServer server) {
    this.server = server;
  }

  /**
   * A file as the metadata have it.
   *
   * @param checksum in hex, of the file as it is sent
   */
  record Listed(String path, String algorithm, String checksum) {

    String version() {
      return algorithm + ":" + checksum;
    }
  }

  /** A mirror, and what it has. */
  record Found(URI mirror, Listed updateInfo) {}

  /** The first mirror that has metadata. */
  Found find(URI mirrorList) throws IOException {
    List<URI> mirrors = mirrors(mirrorList);
    IOException failure = new IOException(FeedUri.shown(mirrorList) + " names no mirror");
    for (URI mirror : mirrors) {
      try {
        URI metadata = FeedUri.led(mirror, "repodata/repomd.xml");
        return new Found(mirror, read(server.whole(metadata, METADATA)));
      } catch (IOException e) {
        failure = e;
      }
    }
    throw failure;
  }

  private List<URI> mirrors(URI list) throws IOException {
    String text = new String(server.whole(list, MIRROR_LIST), UTF_8);
    List<String> lines =
        text.lines().map(String::strip).filter(line -> !line.isEmpty()).limit(MIRRORS).toList();
    List<URI> mirrors = new ArrayList<>();
    for (String line : lines) {
      mirrors.add(FeedUri.led(list, line.endsWith("/") ? line : line + "/"));
    }
    return mirrors;
  }

  /**
   * The updateinfo of metadata.
   *
   * @throws FeedException if they have none that can be fetched
   */
  static Listed read(byte[] metadata) {
    Listed[] found = new Listed[1];
    FeedXml.read(
        new ByteArrayInputStream(metadata),
        "repomd",
        xml -> {
          while (xml.nextChild()) {
            xml.beginRecord();
            if (xml.is("data") && xml.attribute("type").equals("updateinfo")) {
              found[0] = listed(xml);
            } else {
              xml.skip();
            }
          }
        });
    return Optional.ofNullable(found[0])
        .orElseThrow(() -> new FeedException("repomd.xml has no updateinfo"));
  }

  private static Listed listed(FeedXml xml) {
    String path = "";
    String algorithm = "";
    String checksum = "";
    while (xml.nextChild()) {
      switch (xml.name()) {
        case "location" -> {
          path = xml.attribute("href");
          xml.skip();
        }
        case "checksum" -> {
          algorithm = xml.attribute("type");
          checksum = xml.text();
        }
        default -> xml.skip();
      }
    }
    return checked(new Listed(path, algorithm, checksum));
  }

  private static Listed checked(Listed listed) {
    if (!PATH.matcher(listed.path()).matches()) {
      throw new FeedException("repomd.xml: the updateinfo is not in the repository");
    }
    if (!listed.path().endsWith(".gz")) {
      throw new FeedException("repomd.xml: the updateinfo is not compressed by gzip");
    }
    if (!CHECKSUMS.containsKey(listed.algorithm())) {
      throw new FeedException("repomd.xml: the updateinfo has no checksum of SHA-256 or SHA-512");
    }
    return listed;
  }

  /** The file, if it has the checksum. */
  byte[] fetch(Found found) throws IOException {
    URI at = FeedUri.led(found.mirror(), found.updateInfo().path());
    byte[] bytes = server.whole(at, UPDATEINFO);
    byte[] digest = digest(found.updateInfo().algorithm()).digest(bytes);
    if (!HexFormat.of().formatHex(digest).equalsIgnoreCase(found.updateInfo().checksum())) {
      throw new FeedException(
          FeedUri.shown(at) + " is not the file whose checksum the metadata have");
    }
    return bytes;
  }

  private static MessageDigest digest(String algorithm) {
    try {
      return MessageDigest.getInstance(CHECKSUMS.get(algorithm));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }
}
