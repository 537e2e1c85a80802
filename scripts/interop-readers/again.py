"""Makes exported examples again from exported audio with the toolkits that the recipes name, by what consumer.json says."""
import json

import numpy


def psf(consumer, samples):
    """python_speech_features of a trimmed utterance, one row a frame."""
    import python_speech_features
    rate, frame = consumer["sampleRate"], consumer["parameters"]["frame"]
    bank = consumer["parameters"]["features"]["fbank"]
    trimmed = samples[frame["trim"]:len(samples) - frame["trim"]]
    return python_speech_features.fbank(
        trimmed, samplerate=rate, winlen=frame["window"] / rate, winstep=frame["hop"] / rate, nfilt=bank["melCount"],
        nfft=bank["fftSize"], lowfreq=bank["lowHz"], highfreq=bank["highHz"], preemph=bank["preEmphasis"])[0]


def fbanknet(consumer, samples, row):
    frame = consumer["parameters"]["frame"]
    first = (row["start"] - frame["trim"]) // frame["hop"]
    group = psf(consumer, samples)[first:first + frame["group"]]
    return (group - group.mean(axis=1, keepdims=True)) / numpy.maximum(group.std(axis=1, keepdims=True), 1e-12)


def mfcc(consumer, samples, row):
    """Kaldi's cepstra of an utterance, each over its frames brought to mean 0 and deviation 1."""
    import kaldi_native_fbank
    parameters = consumer["parameters"]["features"]["mfcc"]
    bank = parameters["fbank"]
    options = kaldi_native_fbank.MfccOptions()
    options.frame_opts.samp_freq = consumer["sampleRate"]
    options.frame_opts.dither = bank["dither"]
    options.frame_opts.preemph_coeff = bank["preEmphasis"]
    options.frame_opts.window_type = bank["window"]
    options.mel_opts.num_bins = bank["melCount"]
    options.mel_opts.low_freq, options.mel_opts.high_freq = bank["lowHz"], bank["highHz"]
    options.num_ceps = parameters["coefficientCount"]
    options.cepstral_lifter = parameters["lifter"]
    options.energy_floor = 0
    extractor = kaldi_native_fbank.OnlineMfcc(options)
    extractor.accept_waveform(consumer["sampleRate"], (samples * bank["scale"]).astype("float32").tolist())
    extractor.input_finished()
    whole = numpy.stack([extractor.get_frame(i) for i in range(extractor.num_frames_ready)])
    return (whole - whole.mean(axis=0)) / numpy.maximum(whole.std(axis=0), 1e-12)


def voicemap(consumer, samples, row):
    """Every fourth sample; 3 s of them without their mean, at one level."""
    features = consumer["parameters"]["features"]
    wave = samples[row["start"]:row["start"] + row["length"]]
    wave = wave - wave.mean()
    return wave * features["rms"] / numpy.sqrt((wave ** 2).mean())


# Toolkit, function, and the greatest difference: of single precision (psf computes in double), and of half.
TOOLKITS = {
    "fbanknet": ("python_speech_features", fbanknet, 1e-3),
    "mfcc-siamese": ("kaldi-native-fbank", mfcc, 4e-3),
    "voicemap": ("numpy", voicemap, 1e-6),
}


def compare(recipe, folder, dataset, sounds, count=8):
    """Some examples of each side, made again from the audio export's waveforms; the greatest difference."""
    consumer = json.loads((folder / "consumer.json").read_text())
    _, make, allowed = TOOLKITS[recipe]
    worst, compared = 0.0, 0
    for side, known in sounds.items():
        samples = {key.split("-", 1)[1]: s for key, s in known.samples.items()} | known.samples
        rows = dataset.side_rows(side)
        for row in rows[::max(1, len(rows) // count)]:
            name = row["utterance"].replace("/", "-")
            wave = samples.get(name, samples.get(f"{row['speaker']}-{name}")).astype("float64") / 2 ** 31
            made = make(consumer, wave, row)
            assert made.shape == row["array"].shape, (made.shape, row["array"].shape)
            worst = max(worst, float(numpy.abs(made - row["array"]).max()))
            compared += 1
    assert worst <= allowed, f"{recipe}: an example made again differs by {worst}"
    return compared, worst
