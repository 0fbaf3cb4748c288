package dev.berth.lambda.replication;

import dev.berth.core.replication.PeerSecret;
import java.security.cert.X509Certificate;
import java.util.List;

/** What agreements name without having it in them: files, or secrets of Secrets Manager. */
public interface PeerReferences {

  /**
   * @throws AgreementException if there is none, or others could read it
   */
  PeerSecret secret(String reference);

  /**
   * @return at least one
   * @throws AgreementException if there is none
   */
  List<X509Certificate> certificates(String reference);
}
