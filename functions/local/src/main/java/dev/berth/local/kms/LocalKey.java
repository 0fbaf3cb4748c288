package dev.berth.local.kms;

import com.google.crypto.tink.subtle.AesGcmJce;
import dev.berth.local.files.PrivateFiles;
import dev.berth.registry.encryption.KeyArn;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.stream.Stream;

/**
 * A key of the local host.
 *
 * @param directory of its files
 */
public record LocalKey(KeyArn arn, Path directory) {

  private static final int MATERIAL_BYTES = 32;
  private static final SecureRandom RANDOM = new SecureRandom();

  /** Whether a key may be used. */
  public enum State {
    Enabled,
    Disabled
  }

  boolean exists() {
    return Files.isRegularFile(stateFile());
  }

  void create() throws IOException {
    byte[] material = new byte[MATERIAL_BYTES];
    RANDOM.nextBytes(material);
    PrivateFiles.createDirectories(grants());
    PrivateFiles.write(
        directory.resolve("material"), List.of(Base64.getEncoder().encodeToString(material)));
    // last: what has no state is no key
    change(State.Enabled);
  }

  private Path stateFile() {
    return directory.resolve("state");
  }

  State state() throws IOException {
    return State.valueOf(Files.readString(stateFile()).strip());
  }

  void change(State state) throws IOException {
    PrivateFiles.write(stateFile(), List.of(state.name()));
  }

  /**
   * @param context has to be given again to decrypt
   */
  byte[] encrypt(byte[] plain, byte[] context) throws IOException {
    try {
      return cipher().encrypt(plain, context);
    } catch (GeneralSecurityException e) {
      throw new IOException("no data key can be wrapped", e);
    }
  }

  byte[] decrypt(byte[] encrypted, byte[] context) throws IOException {
    try {
      return cipher().decrypt(encrypted, context);
    } catch (GeneralSecurityException e) {
      throw new IOException("a data key was not wrapped by this key, or was changed", e);
    }
  }

  private AesGcmJce cipher() throws IOException, GeneralSecurityException {
    String material = Files.readString(directory.resolve("material")).strip();
    return new AesGcmJce(Base64.getDecoder().decode(material));
  }

  private Path grants() {
    return directory.resolve("grants");
  }

  void grant(String name, String operation, String context) throws IOException {
    PrivateFiles.write(grants().resolve(fileName(name)), List.of(operation, context));
  }

  /** Whether there was one. */
  boolean retire(String name) throws IOException {
    return Files.deleteIfExists(grants().resolve(fileName(name)));
  }

  /** Name, operation and repository of each grant. */
  List<String> grantLines() throws IOException {
    List<String> lines = new ArrayList<>();
    try (Stream<Path> files = Files.list(grants())) {
      for (Path file : files.filter(path -> !path.toString().endsWith(".new")).sorted().toList()) {
        lines.add(
            file.getFileName().toString().replace('+', ':')
                + " "
                + String.join(" ", Files.readAllLines(file)));
      }
    }
    return lines;
  }

  private static String fileName(String grantName) {
    return grantName.replace(':', '+');
  }
}
