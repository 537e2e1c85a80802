import ContentStore
import Corpus

/// What is wanted: a dataset, from its corpora to its pairs. Made from a YAML file by `RecipeReader`.
package struct Recipe: Sendable {
    /// A corpus the recipe asks for.
    package struct CorpusRequest: Sendable {
        package enum Layout: String, Sendable, CaseIterable {
            /// `…/<speaker>/<chapter>/<speaker>-<chapter>-<utterance>.flac` with SPEAKERS.TXT.
            case librispeech
            /// `<speaker>/<session>/<utterance>.<any audio>`.
            case tree
            /// `…/id10001/<video>/00001.<any audio>` with vox1_meta.csv or vox2_meta.csv.
            case voxceleb
            /// A Kaldi data directory: `wav.scp`, `utt2spk`, `spk2gender`, `segments`.
            case kaldi
            /// A CSV or JSONL file that lists utterances.
            case list
        }

        package let name: String
        package let layout: Layout
        /// Where it lies, if the recipe or the command line says.
        package let path: String?
        /// The subsets taken; empty means all.
        package let subsets: [String]
        /// The speakers taken; empty means all.
        package let speakers: [String]
        /// Where the recipe asks for it, for errors.
        package let place: String
        /// Of the speakers left by the other choices so many, the first in byte order of their ids; nil means all.
        package var firstSpeakers: Int?
    }

    /// A stage's output that can stay in the store.
    package enum Keep: String, Sendable, CaseIterable {
        /// Waveforms after resampling: worth it only where resampling costs more than reading.
        case resample
        case features
    }

    package let name: String
    package let corpora: [CorpusRequest]
    package let ingest: IngestParameters
    /// How many quarantined utterances are tolerated.
    package let tolerance: Int
    package let resample: ResampleParameters
    package let frame: FrameParameters
    package let features: FeatureParameters
    package let split: SplitParameters
    package let pairs: PairParameters?
    package var augment: AugmentRequest? = nil
    /// What pairs are mined by.
    package var embeddings: EmbeddingsRequest? = nil
    package var trials: TrialParameters?
    package var episodes: EpisodeRequest?
    package var certificate = CertificateRequest()
    package let keep: Set<Keep>
    package let origin: Origin
    /// The weights of `features.embed`.
    package var weights: WeightsRequest? = nil

    /// A file of weights and what it must be.
    package struct WeightsRequest: Hashable, Sendable {
        package let path: String
        package let digest: Digest
        /// Where the recipe names it, for errors.
        package let place: String
    }

    /// The lists of a split by files.
    package var splitFiles: [SplitFile] = []
    package var train = TrainSettings()

    /// A file that lists the utterances of a side, or of all.
    package struct SplitFile: Hashable, Sendable {
        /// Nil where every line says its own.
        package let side: Side?
        /// As the recipe writes it.
        package let path: String
        /// Where the recipe names it, for errors.
        package let place: String
    }

    /// Where a recipe came from: kept with every build, so that it can be built again.
    package struct Origin: Codable, Hashable, Sendable {
        package let yaml: String
        package let file: String
        package let settings: [String]
        /// `NAME=DIR`, with whole paths.
        package let corpora: [String]
    }
}
