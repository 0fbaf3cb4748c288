package dev.berth.local.host;

import dev.berth.core.replication.PeerSecret;
import dev.berth.core.text.Excerpt;
import dev.berth.lambda.replication.AgreedPeer;
import dev.berth.lambda.replication.AgreementException;
import dev.berth.lambda.replication.AgreementReader;
import dev.berth.lambda.replication.PeerReferences;
import dev.berth.local.files.PrivateFiles;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.security.SecureRandom;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.util.Base64;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/** The agreements in a file, and the files that they name, which are looked for beside it. */
public final class PeerFiles implements PeerReferences {

  private static final int SECRET_BYTES = 32;

  /** Of a file; more than all certificates of a company. */
  private static final long MOST_BYTES = 1 << 20;

  private static final Set<PosixFilePermission> OF_OWNER =
      EnumSet.of(PosixFilePermission.OWNER_READ, PosixFilePermission.OWNER_WRITE);

  private final Path file;

  private PeerFiles(Path file) {
    this.file = file;
  }

  /**
   * @throws SetupException if it cannot be read, or an agreement is wrong
   */
  public static List<AgreedPeer> read(Path file) {
    try {
      var beside = new PeerFiles(file.toAbsolutePath());
      return AgreementReader.read(new String(bytes(beside.file), StandardCharsets.UTF_8), beside);
    } catch (AgreementException e) {
      throw new SetupException("--peers: %s: %s".formatted(file, e.getMessage()));
    }
  }

  /**
   * Makes a file with a fresh secret, for its owner alone.
   *
   * @throws SetupException if there is a file already, or it cannot be made
   */
  public static void createSecret(Path file) {
    byte[] bytes = new byte[SECRET_BYTES];
    new SecureRandom().nextBytes(bytes);
    try {
      PrivateFiles.create(
          file.toAbsolutePath(), List.of(Base64.getEncoder().encodeToString(bytes)));
    } catch (FileAlreadyExistsException e) {
      throw new SetupException("there is a file %s already".formatted(file));
    } catch (IOException e) {
      throw new SetupException("%s cannot be made: %s".formatted(file, reason(e)));
    }
  }

  @Override
  public PeerSecret secret(String reference) {
    Path path = beside(reference);
    requirePrivate(path);
    String text = new String(bytes(path), StandardCharsets.ISO_8859_1).strip();
    try {
      return PeerSecret.of(Base64.getDecoder().decode(text));
    } catch (IllegalArgumentException e) {
      // whose message may have a part of it
      throw new AgreementException(
          "%s has no secret of %d bytes or more in base64: './berth peers secret' makes one"
              .formatted(path, SECRET_BYTES));
    }
  }

  private static void requirePrivate(Path path) {
    try {
      if (!OF_OWNER.containsAll(Files.getPosixFilePermissions(path))) {
        throw new AgreementException(
            "%s is readable by others, or may be run: 'chmod 600' it".formatted(path));
      }
    } catch (IOException e) {
      throw unreadable(path, e);
    }
  }

  @Override
  public List<X509Certificate> certificates(String reference) {
    Path path = beside(reference);
    try {
      List<X509Certificate> certificates =
          CertificateFactory.getInstance("X.509")
              .generateCertificates(new ByteArrayInputStream(bytes(path)))
              .stream()
              .map(X509Certificate.class::cast)
              .toList();
      if (!certificates.isEmpty()) {
        return certificates;
      }
    } catch (CertificateException e) {
      // told like a file without any
    }
    throw new AgreementException("there is no PEM certificate in " + path);
  }

  private Path beside(String reference) {
    try {
      return file.resolveSibling(reference).normalize();
    } catch (InvalidPathException e) {
      throw new AgreementException("not a file's name: " + Excerpt.of(reference));
    }
  }

  private static byte[] bytes(Path path) {
    try {
      if (Files.exists(path) && !Files.isRegularFile(path)) {
        throw new AgreementException(path + " is not a file");
      }
      if (Files.size(path) > MOST_BYTES) {
        throw new AgreementException(path + " is larger than a mebibyte");
      }
      return Files.readAllBytes(path);
    } catch (IOException e) {
      throw unreadable(path, e);
    }
  }

  private static AgreementException unreadable(Path path, IOException e) {
    return new AgreementException(
        e instanceof NoSuchFileException
            ? "there is no file " + path
            : "%s cannot be read: %s".formatted(path, reason(e)));
  }

  private static String reason(IOException e) {
    return switch (e) {
      case AccessDeniedException _ -> "permission denied";
      case NoSuchFileException _ -> "there is no such directory";
      case FileSystemException failure when failure.getReason() != null -> failure.getReason();
      default -> e.getClass().getSimpleName();
    };
  }
}
